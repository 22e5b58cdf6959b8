import { describe, expect, it } from 'vitest';
import {
  type Board,
  choiceGroups,
  chosenObligations,
  commonestState,
  matrixOf,
  shareOf,
  standingsOf,
} from '../../portal/pages/scoreboard/board.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { State } from '../../shared/domain/assessment.ts';
import { buildScoreboard, countStates } from '../../shared/domain/scoreboard.ts';
import { smallCatalogue } from '../domain/small-catalogue.ts';

const catalogue = loadCatalogue();
const none = { expected: 0, received: 0, onTime: 0, assigned: 0, reported: 0 };

/** A board of obligations written as `74:1.q.1:2022 overdue`. */
function boardOf(...sketches: string[]): Board {
  const obligations = sketches.map((sketch) => {
    const [obligation = '', state] = sketch.split(' ');
    const [unit = '', indicator = ''] = obligation.split(':');
    return { unit, indicator, obligation, due: '2022-06-30', state: state as State, value: null };
  });
  const reporting = { nation: none, bodies: [], units: [{ unit: '74', ...none, expected: 3, received: 2 }] };
  return { asOf: '2022-07-01T01:00:00.000Z', ...buildScoreboard(obligations), reporting, obligations };
}

describe('how units stand', () => {
  const board = boardOf('74:1.a.1 met', '74:1.b.1 met', '74:1.c.1 overdue', '58:1.a.1 awaited');
  const standing = (id: string) => standingsOf(catalogue, board).find(({ unit }) => unit.id === id);

  it('is told of every unit, in the order of the catalogue, whether or not it owes anything', () => {
    expect(standingsOf(catalogue, board).map(({ unit }) => unit)).toEqual(catalogue.units);
    expect(standing('01')).toMatchObject({ worst: undefined, commonest: undefined, reporting: none });
  });

  it('has the worst state and the most common one', () => {
    expect(standing('74')).toMatchObject({ worst: 'overdue', commonest: 'met', reporting: { received: 2 } });
    expect(standing('58')).toMatchObject({ worst: 'awaited', commonest: 'awaited' });
  });

  it.each([
    [{ met: 3, overdue: 2 }, 'met'],
    [{ met: 2, overdue: 2 }, 'overdue'],
    [{ met: 1, overdue: 2 }, 'overdue'],
    [{ awaited: 1, 'on-track': 1, met: 1 }, 'awaited'],
    [{}, undefined],
  ] as const)('of %j takes %s for the most common, the worse of equals', (counts, state) => {
    expect(commonestState({ ...countStates([]), ...counts })).toBe(state);
  });
});

it.each([
  [0, 0, undefined],
  [0, 3, '0.00'],
  [2, 3, '66.66'],
  [2999, 3000, '99.96'],
  [3000, 3000, '100.00'],
])('%i of %i is %s percent', (part, whole, share) => {
  expect(shareOf(part, whole)).toBe(share);
});

describe('what the map can be coloured by', () => {
  it('is the tasks of every unit, then those of each province, none of an agency', () => {
    const groups = choiceGroups(catalogue);
    expect(groups[0]?.owner).toBe('*');
    const owners = groups.slice(1).map(({ owner }) => catalogue.units.find(({ id }) => id === owner)?.kind);
    expect(new Set(owners)).toEqual(new Set(['province']));
  });

  it('is of a task with several indicators the task and each of them', () => {
    const ids = choiceGroups(catalogue).flatMap(({ choices }) => choices.map(({ id }) => id));
    expect(ids.slice(ids.indexOf('II.23'), ids.indexOf('II.23') + 3)).toEqual([
      'II.23',
      'II.23.1',
      'II.23.2',
    ]);
    expect(ids).toContain('II.9');
    expect(ids).not.toContain('II.9.1');
  });

  it('takes all obligations of a task, or those of one indicator', () => {
    const board = boardOf('56:II.23.1 met', '56:II.23.2 overdue', '74:II.9.1 met');
    const chosen = (choice: string) =>
      [...chosenObligations(catalogue, board, choice)].map(([unit, found]) => [unit, found.length]);
    expect(chosen('II.23')).toEqual([['56', 2]]);
    expect(chosen('II.23.2')).toEqual([['56', 1]]);
    expect(chosen('none')).toEqual([]);
  });
});

describe('the matrix', () => {
  it('has the indicators that everybody owes, each with the worst of its occurrences', () => {
    const small = smallCatalogue({ ref: '1.a', owner: '*' }, { ref: 'II.9', owner: '74' });
    const board = boardOf('74:1.a.1:2022 met', '74:1.a.1:2023 awaited', '74:II.9.1 overdue');
    const { indicators, rows } = matrixOf(small, board);
    expect(indicators).toEqual(['1.a.1']);
    const entries = rows.map(({ unit, entries: each }) => [unit.id, ...each.values()]);
    expect(entries).toContainEqual(['74', { state: 'awaited', met: 1, of: 2 }]);
    expect(entries.filter(([id]) => id !== '74').every((row) => row.length === 1)).toBe(true);
  });
});
