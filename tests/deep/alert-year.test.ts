import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyYear, someRuns } from '../domain/alert-year.ts';
import { expectSameYear } from '../domain/alert-year-properties.ts';

const seed = Number(process.env.TIENDO_SEED ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env.TIENDO_RUNS ?? 300);

it(`a year ends in the same ledger whichever of its runs take place (${numRuns} years, seed ${seed})`, () => {
  const seen = { years: 0, runs: 0, doubled: 0, reports: 0, acknowledgements: 0, silences: 0 };
  const property = fc.property(anyYear, someRuns, (year, runs) => {
    expectSameYear(year, runs);
    seen.years += 1;
    seen.runs += runs.length;
    seen.doubled += runs.filter(({ isDoubled }) => isDoubled).length;
    seen.reports += year.publications.length;
    seen.acknowledgements += year.acknowledgements.length;
    seen.silences += year.silences.length;
  });
  fc.assert(property, { numRuns, seed });
  console.info('Any year:', { seed, ...seen });
  expect(seen.years).toBe(numRuns);
});
