import fc from 'fast-check';

/**
 * Property tests play the same cases each time, so that a change is judged by what it changes; `TIENDO_SEED`
 * names other ones, and `npm run test:deep` takes new ones with every run.
 */
fc.configureGlobal({ seed: Number(process.env.TIENDO_SEED ?? 20_220_630) });
