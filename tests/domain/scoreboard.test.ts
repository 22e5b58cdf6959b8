import { describe, expect, it } from 'vitest';
import { buildScoreboard, countStates } from '../../shared/domain/scoreboard.ts';

describe('the scoreboard', () => {
  it('counts every state, also those that do not occur', () => {
    expect(countStates([{ state: 'met' }, { state: 'overdue' }, { state: 'met' }])).toEqual({
      met: 2,
      unscheduled: 0,
      'met-late': 0,
      overdue: 1,
      'at-risk': 0,
      'on-track': 0,
      awaited: 0,
    });
  });

  it('sums up by unit and over the nation', () => {
    const { nation, units } = buildScoreboard([
      { unit: '74', state: 'met' },
      { unit: '01', state: 'overdue' },
      { unit: '74', state: 'overdue' },
    ]);
    expect(nation).toMatchObject({ met: 1, overdue: 2 });
    expect(units.map(({ unit, counts }) => [unit, counts.met, counts.overdue])).toEqual([
      ['74', 1, 1],
      ['01', 0, 1],
    ]);
  });
});
