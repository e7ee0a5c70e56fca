import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledCode } from './compiled-code.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'freshmaker-compiled-'));
  path = join(folder, 'code');
});
afterEach(() => rmSync(folder, { recursive: true }));

const codes = (named: Readonly<Record<string, string>>) => () =>
  new Map(Object.entries(named).map(([name, text]) => [name, Buffer.from(text)]));
const read = (name: string) => new CompiledCode(path).get(name)?.toString();

test('what is added is there for the next run, beside what was there', () => {
  new CompiledCode(path).add(codes({ a: 'one', b: 'two' }));
  new CompiledCode(path).add(codes({ b: 'two, longer', c: '' }));
  expect(['a', 'b', 'c', 'd'].map(read)).toEqual(['one', 'two, longer', '', undefined]);
  expect(readdirSync(folder)).toEqual(['code']);
});

test('three runs add to a script', () => {
  const wanted = [];
  for (let run = 0; run < 4; run++) {
    const code = new CompiledCode(path);
    wanted.push([code.isWanted('a'), code.isWanted('b')]);
    code.add(codes(run === 0 ? { a: 'one' } : { a: 'one', b: 'two' }));
  }
  const after = new CompiledCode(path);
  expect([...wanted, [after.isWanted('a'), after.isWanted('b')]]).toEqual([
    [true, true],
    [true, true],
    [true, true],
    [false, true],
    [false, false],
  ]);
});

test('a run that began before another one ended reads what it began with', () => {
  new CompiledCode(path).add(codes({ a: 'old', b: 'old' }));
  const running = new CompiledCode(path);
  new CompiledCode(path).add(codes({ a: 'new and longer' }));
  expect(running.get('b')?.toString()).toBe('old');
  running.add(codes({ c: 'mine' }));
  expect(['a', 'b', 'c'].map(read)).toEqual(['old', 'old', 'mine']);
});

test.each([
  ['empty', () => writeFileSync(path, '')],
  ['cut off in its index', () => truncateSync(path, 10)],
  ['cut off in the code', () => truncateSync(path, statSync(path).size - 1)],
  ['something else', () => writeFileSync(path, 'something else, and long enough')],
])('a file that is %s is like none, and is replaced', (_name, damage) => {
  new CompiledCode(path).add(codes({ a: 'one' }));
  damage();
  const code = new CompiledCode(path);
  expect([code.get('a'), code.isWanted('a')]).toEqual([undefined, true]);
  code.add(codes({ a: 'two' }));
  expect(read('a')).toBe('two');
});

test('what was cut off meanwhile is not read', () => {
  new CompiledCode(path).add(codes({ a: 'one', b: 'two' }));
  const running = new CompiledCode(path);
  truncateSync(path, statSync(path).size - 1);
  expect([running.get('a')?.toString(), running.get('b')]).toEqual(['one', undefined]);
});

test('what a run has left that was killed while it wrote is removed by the next one that adds', () => {
  for (const left of ['code.1', 'code.2', 'another']) writeFileSync(join(folder, left), 'half');
  new CompiledCode(path).add(codes({ a: 'one' }));
  expect(readdirSync(folder).sort()).toEqual(['another', 'code']);
});

test('two that write at once do not write into one file', () => {
  new CompiledCode(path).add(() => {
    new CompiledCode(path).add(codes({ a: 'of the second' }));
    return codes({ a: 'of the first' })();
  });
  expect([read('a'), readdirSync(folder)]).toEqual(['of the second', ['code']]);
});

test('where nothing can be written, nothing is left, and nothing is asked for', () => {
  writeFileSync(path, '');
  let isAsked = false;
  new CompiledCode(join(path, 'below a file')).add(() => {
    isAsked = true;
    return new Map();
  });
  expect(isAsked).toBe(false);
  expect(readdirSync(folder)).toEqual(['code']);
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('where its name cannot be given, nothing is left', () => {
  mkdirSync(path);
  new CompiledCode(path).add(codes({ a: 'one' }));
  expect(readdirSync(folder)).toEqual(['code']);
});
