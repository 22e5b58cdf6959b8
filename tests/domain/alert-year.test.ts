import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyYear, everyRun, playYear, someRuns } from './alert-year.ts';
import { expectSameYear } from './alert-year-properties.ts';

describe('a year of alerts', () => {
  it('ends in the same ledger whichever runs are missed, doubled or concurrent (property)', () => {
    fc.assert(
      fc.property(anyYear, someRuns, (year, runs) => expectSameYear(year, runs)),
      { numRuns: 12 },
    );
  });

  it('tells everybody something in the undisturbed case', () => {
    const { sent } = playYear({ publications: [], acknowledgements: [], silences: [] }, everyRun());
    expect(new Set(sent.map(({ coordinator }) => coordinator)).size).toBe(3);
    expect(new Set(sent.map(({ purpose, channel }) => `${purpose} by ${channel}`))).toEqual(
      new Set(['digest by email', 'urgent by sms', 'urgent by email']),
    );
  });
});
