import { ConfigurationError, nearMisses } from '@freshmaker/migrator/engine';
import type { Hook } from '@oclif/core';
import { unexpected } from './usage-complaints.ts';

/** oclif's hook for a command that does not exist: an error like all others, with the nearest commands as its hint. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  const words = id.split(':');
  const commands = config.commands
    .filter((command) => !command.hidden)
    .map((command) => command.id.replaceAll(':', ' '));
  const length = words[0] === 'db' && words.length > 1 ? 2 : 1;
  const typed = words.slice(0, length).join(' ');
  // oclif takes all words for a name where a command has no arguments.
  if (commands.includes(typed)) {
    throw new ConfigurationError('USAGE_INVALID', unexpected(words.slice(length)).message, {
      hint: `Type \`${typed} --help\` to see what the command takes.`,
      facts: { command: typed },
    });
  }
  const bare = commands.filter((command) => command === `db ${typed}`);
  const didYouMean = bare.length > 0 ? bare : nearMisses(typed, commands);
  const help = `Type \`${length === 2 ? 'db ' : ''}--help\` to see all commands.`;
  throw new ConfigurationError('USAGE_INVALID', `There is no command '${typed}'.`, {
    hint: didYouMean.length > 0 ? `Did you mean \`${didYouMean.join('` or `')}\`?` : help,
    facts: { command: typed, didYouMean },
  });
};

export default commandNotFound;
