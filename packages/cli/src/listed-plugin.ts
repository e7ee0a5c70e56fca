import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Command, Plugin } from '@oclif/core';

/**
 * The commands of this program by the list that the build wrote. oclif's own way to load it looks for files, and sorts the
 * commands in the order of the person's language, which takes longer than running one.
 */
export class ListedPlugin extends Plugin {
  override async load(): Promise<void> {
    const { root, pjson } = this.options;
    if (pjson === undefined) throw new Error(`The package.json of ${root} was not given.`);
    this.root = root;
    this.pjson = pjson;
    this.isRoot = true;
    this.valid = true;
    this.type = 'core';
    this.moduleType = 'module';
    this.name = pjson.name;
    this.alias = pjson.name;
    this.version = pjson.version;
    this.hooks = Object.fromEntries(
      Object.entries(pjson.oclif.hooks ?? {}).map(([event, target]) => [
        event,
        [{ target: target as string, identifier: 'default' }],
      ]),
    );
    this.hasManifest = true;
    this.manifest = JSON.parse(readFileSync(`${root}oclif.manifest.json`, 'utf8'));
    this.commandIDs = Object.keys(this.manifest.commands);
    this.commands = Object.entries(this.manifest.commands).map(([id, command]) => ({
      ...command,
      pluginAlias: this.alias,
      pluginType: this.type,
      load: () => this.findCommand(id),
    }));
  }

  override async findCommand(id: string): Promise<Command.Class> {
    const { relativePath = [] } = this.manifest.commands[id] as { relativePath?: readonly string[] };
    const { default: command } = await import(pathToFileURL(`${this.root}${relativePath.join('/')}`).href);
    command.id = id;
    command.plugin = this;
    return command;
  }
}
