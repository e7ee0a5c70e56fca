import fc from 'fast-check';

// Property tests try something new with every run, and print the seed of what they find. CI fixes it: the same commit must
// come to the same answer there. `PROPERTY_SEED=…` repeats a run, but for the path that the failure prints.
const seed = process.env.PROPERTY_SEED;
if (seed) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
