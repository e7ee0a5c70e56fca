import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { ConfigurationError, nearMisses } from '@freshmaker/migrator/engine';
import type { Hook } from '@oclif/core';

/** oclif's hook for a command that does not exist: an error like all others, with the nearest commands as its hint. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  const words = id.split(':');
  await failToLoad(words);
  const commands = config.commands.filter((command) => !command.hidden).map((command) => command.id);
  const inTopic = words[0] === 'db' && words.length > 1;
  const typed = words.slice(0, inTopic ? 2 : 1).join(':');
  const bare = commands.filter((command) => command === `db:${typed}`);
  const found = bare.length > 0 ? bare : nearMisses(typed, commands);
  const suggestions = found.map((command) => command.replaceAll(':', ' '));
  const help = `Type \`${inTopic ? 'db ' : ''}--help\` to see all commands.`;
  throw new ConfigurationError('USAGE_INVALID', `There is no command '${typed.replaceAll(':', ' ')}'.`, {
    hint: suggestions.length > 0 ? `Did you mean \`${suggestions.join('` or `')}\`?` : help,
    facts: { command: typed.replaceAll(':', ' '), didYouMean: suggestions },
  });
};

/** oclif leaves out a command whose file cannot be loaded: then that is the error. */
async function failToLoad(words: readonly string[]): Promise<void> {
  const { url } = import.meta;
  const file = new URL(`../commands/${words.join('/')}${extname(url)}`, url);
  if (words.every((word) => /^[a-z]+$/.test(word)) && existsSync(file)) await import(file.href);
}

export default commandNotFound;
