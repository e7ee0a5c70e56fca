// Not imported: an import of a module of Node loads more of Node than all of this needs.
const {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} = process.getBuiltinModule('node:fs');
const { basename, dirname, join } = process.getBuiltinModule('node:path');

/** So many runs that load a script add what they have compiled of it; what later ones do has been done before. */
const RUNS = 3;

/** The file begins with its own length and that of its index, in so many bytes each. */
const LENGTH = 4;

/** By the names of scripts: where a script's code begins behind the index, its length, and the runs that have added to it. */
type Index = Record<string, readonly [place: number, length: number, runs: number]>;

/**
 * What V8 has compiled of scripts, in one file: an index, and behind it the code of each. Node's own compile cache holds a
 * file as it is when it has been read, before any of its functions is called; this holds those that runs have called.
 *
 * V8 does not see whether such code is damaged, and ends the process, or runs something else. So the file is on the disk
 * before it gets its name, and one that was cut off is like none.
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
      const lengths = this.#read(0, 2 * LENGTH);
      if (lengths.readUInt32LE() !== fstatSync(this.#file).size) return;
      const length = lengths.readUInt32LE(LENGTH);
      this.#index = JSON.parse(this.#read(2 * LENGTH, length).toString());
      this.#begin = 2 * LENGTH + length;
    } catch {
      // There is none yet, or none that can be read: everything is compiled again.
    }
  }

  /** The code of a script; undefined where there is none. */
  get(name: string): Buffer | undefined {
    const [place, length] = this.#index[name] ?? [];
    if (place === undefined || length === undefined) return undefined;
    try {
      return this.#read(this.#begin + place, length);
    } catch {
      // On a disk of another machine a file may be gone that is open: this script is compiled again.
      return undefined;
    }
  }

  /** Whether what this run has compiled of a script is to be added. */
  isWanted(name: string): boolean {
    return this.#runs(name) < RUNS;
  }

  /**
   * Adds the code of scripts to what there is. Many may do so at once: the one who began last stays.
   *
   * @param codesOf gives it by their names. To have it takes long, so it is asked for where a file can be written.
   */
  add(codesOf: () => ReadonlyMap<string, Buffer>): void {
    // Nobody else has this name: not another thread, nor a process of the same number in another container.
    const path = `${this.#path}.${Math.random().toString(36).slice(2)}`;
    let file: number | null = null;
    try {
      this.#removeLeft();
      file = openSync(path, 'wx');
      for (const part of this.#withAll(codesOf())) writeFileSync(file, part);
      fsyncSync(file);
      renameSync(path, this.#path);
    } catch {
      // A full disk, or a folder that is gone meanwhile: the next run compiles again.
      if (file !== null) rmSync(path, { force: true });
    } finally {
      if (file !== null) closeSync(file);
    }
  }

  /** The parts of a file that has the code of these scripts, and that of the others as it was. */
  #withAll(codes: ReadonlyMap<string, Buffer>): readonly Buffer[] {
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
    const text = Buffer.from(JSON.stringify(index));
    const lengths = Buffer.alloc(2 * LENGTH);
    lengths.writeUInt32LE(2 * LENGTH + text.length + place);
    lengths.writeUInt32LE(text.length, LENGTH);
    return [lengths, text, ...all.values()];
  }

  /** Removes what runs have left that were killed while they wrote. One that still writes finds its file gone, and has added nothing. */
  #removeLeft(): void {
    const folder = dirname(this.#path);
    const left = readdirSync(folder).filter((name) => name.startsWith(`${basename(this.#path)}.`));
    for (const name of left) rmSync(join(folder, name), { force: true });
  }

  #runs(name: string): number {
    return this.#index[name]?.[2] ?? 0;
  }

  #read(place: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafeSlow(length);
    const read = readSync(this.#file as number, buffer, 0, length, place);
    if (read < length) throw new Error(`${this.#path} is cut off.`);
    return buffer;
  }
}
