import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(import.meta.dirname, '..', '..', 'packages', 'migrator', 'src');
const read = (path: string) => readFileSync(join(source, path), 'utf8');

/** A method of `Operations` as its source declares it. */
export interface Signature {
  readonly name: string;
  /** `name(parameters): void`, on one line. */
  readonly text: string;
}

/** All methods of `Operations` that record an operation, in the order of the source. */
export function readSignatures(text = read('operations/operations.ts')): readonly Signature[] {
  const [, body = ''] = /^export class Operations \{\n([\s\S]*?)^\}/m.exec(text) ?? [];
  return [...body.matchAll(/^ {2}(\w+)(<\w+>)?\(([\s\S]*?)\): void \{$/gm)].map(
    ([, name = '', type = '', parameters = '']) => ({
      name,
      text: `${name}${type}(${parameters.replace(/\s+/g, ' ').replace(/,? $/, '').trim()}): void`,
    }),
  );
}

/** Where the interfaces of options are. */
const optionFiles = [
  'operations/alter-column.ts',
  'operations/create-index.ts',
  'operations/create-table.ts',
  'operations/drop-constraint.ts',
  'operations/run.ts',
  'operations/operation.ts',
  'schema/builders.ts',
];

/**
 * The source of an interface of options, comments included.
 *
 * @throws Error when no file has it.
 */
export function readInterface(name: string): string {
  for (const file of optionFiles) {
    const [, text] = new RegExp(`^export (interface ${name} [\\s\\S]*?^\\})$`, 'm').exec(read(file)) ?? [];
    if (text !== undefined) return text;
  }
  throw new Error(`No file of the migrator declares the interface ${name}.`);
}
