// Run by time-limit.test.ts alone.
const forever = () => new Promise<void>(() => undefined);

beforeAll(forever, 20);
test('hangs', forever, 20);
test.each([1])('hangs with %d', forever, 20);
test('ends', () => undefined);
