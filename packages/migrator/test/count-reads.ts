import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** How many files a call reads with `readFileSync`, the only way in which the migrator reads scripts. */
export async function countReads(call: () => Promise<unknown>): Promise<number> {
  const original = fs.readFileSync;
  let reads = 0;
  fs.readFileSync = ((...args: Parameters<typeof original>) => {
    reads += 1;
    return original(...args);
  }) as typeof original;
  syncBuiltinESMExports();
  try {
    await call();
  } finally {
    fs.readFileSync = original;
    syncBuiltinESMExports();
  }
  return reads;
}
