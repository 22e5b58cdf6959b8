import { describe, expect, it } from 'vitest';
import {
  canLookBack,
  commandOf,
  givenParameters,
  readStatement,
} from '../../../portal/pages/data/query-parameters.ts';
import { corrections } from '../../../shared/domain/named-queries/corrections.ts';
import { knownOn } from '../../../shared/domain/named-queries/known-on.ts';

describe('the parameters in an address', () => {
  it('are those of the query that are given and not at their default', () => {
    const address = {
      query: 'known-on',
      execution: '1',
      since: '2022-01-01',
      unit: '74',
      indicator: '*',
      day: '',
    };
    expect(givenParameters(knownOn, address, undefined)).toEqual({ unit: '74' });
  });

  it('are of the past day the page speaks of, unless they name another', () => {
    expect(givenParameters(knownOn, {}, '2022-06-30')).toEqual({ day: '2022-06-30' });
    expect(givenParameters(knownOn, { day: '2022-06-29' }, '2022-06-30')).toEqual({ day: '2022-06-29' });
  });

  it('leave a day that is no point in time alone', () => {
    expect(givenParameters(corrections, {}, '2022-06-30')).toEqual({});
    expect(canLookBack(corrections)).toBe(false);
    expect(canLookBack(knownOn)).toBe(true);
  });
});

describe('the statement to run', () => {
  it('has the parameters put in, and names its query', () => {
    const read = readStatement(knownOn, { unit: '74' });
    expect(read).toEqual({ statement: expect.stringMatching(/^-- tiendo: known-on\n.*unit_id = '74'/s) });
  });

  it('is refused in both languages for a value that is not of its kind', () => {
    expect(readStatement(knownOn, { unit: "7'4" })).toEqual({
      fault: {
        vi: expect.stringContaining('Tham số unit phải là'),
        en: expect.stringContaining('The parameter unit must be'),
      },
    });
  });

  it('is a command with the same parameters', () => {
    expect(commandOf('known-on', {})).toBe('npx tiendo query --named known-on');
    expect(commandOf('known-on', { day: '2022-06-30', unit: '74' })).toBe(
      'npx tiendo query --named known-on --param day=2022-06-30 --param unit=74',
    );
  });
});
