// Not imported: an import of a module of Node loads more of Node than all of this needs.
const { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeFileSync } =
  process.getBuiltinModule('node:fs');

/** So many runs that load a script add what they have compiled of it; what later ones do has been done before. */
const RUNS = 3;

/** The file begins with the length of its index, in so many bytes. */
const LENGTH = 4;

/** By the names of scripts: where a script's code begins behind the index, its length, and the runs that have added to it. */
type Index = Record<string, readonly [place: number, length: number, runs: number]>;

/**
 * What V8 has compiled of scripts, in one file: an index, and behind it the code of each. Node's own compile cache holds a
 * file as it is when it has been read, before any of its functions is called; this holds those that runs have called.
 *
 * V8 does not see whether such code is damaged, so the file is on the disk before it gets its name.
 */
export class CompiledCode {
  readonly #path: string;
  readonly #index: Index = {};
  readonly #begin: number = 0;
  readonly #file: number | null = null;

  /** @param path of the file, which need not be there. */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#file = openSync(path, 'r');
      const length = this.#read(0, LENGTH).readUInt32LE();
      this.#index = JSON.parse(this.#read(LENGTH, length).toString());
      this.#begin = LENGTH + length;
    } catch {
      // There is none yet, or none that can be read: everything is compiled again.
    }
  }

  /** The code of a script; undefined where there is none. */
  get(name: string): Buffer | undefined {
    const [place, length] = this.#index[name] ?? [];
    return place === undefined || length === undefined ? undefined : this.#read(this.#begin + place, length);
  }

  /** Whether what this run has compiled of a script is to be added. */
  isWanted(name: string): boolean {
    return this.#runs(name) < RUNS;
  }

  /**
   * Adds the code of scripts to what there is. Many may do so at once: the last one's stays.
   *
   * @param codes by their names.
   */
  add(codes: ReadonlyMap<string, Buffer>): void {
    const all = new Map(codes);
    for (const name of Object.keys(this.#index)) {
      const code = this.get(name);
      if (code !== undefined && !codes.has(name)) all.set(name, code);
    }
    const index: Index = {};
    let place = 0;
    for (const [name, { length }] of all) {
      index[name] = [place, length, this.#runs(name) + (codes.has(name) ? 1 : 0)];
      place += length;
    }
    this.#write(Buffer.from(JSON.stringify(index)), [...all.values()]);
  }

  #runs(name: string): number {
    return this.#index[name]?.[2] ?? 0;
  }

  #read(place: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafeSlow(length);
    readSync(this.#file as number, buffer, 0, length, place);
    return buffer;
  }

  #write(index: Buffer, codes: readonly Buffer[]): void {
    const path = `${this.#path}.${process.pid}`;
    const length = Buffer.alloc(LENGTH);
    length.writeUInt32LE(index.length);
    let file: number | null = null;
    try {
      file = openSync(path, 'w');
      for (const part of [length, index, ...codes]) writeFileSync(file, part);
      fsyncSync(file);
      renameSync(path, this.#path);
    } catch {
      // A full disk, or a folder that is gone meanwhile: the next run compiles again.
      if (file !== null) rmSync(path, { force: true });
    } finally {
      if (file !== null) closeSync(file);
    }
  }
}
