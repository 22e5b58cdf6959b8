import { describe, expect, it } from 'vitest';
import { compare, type Fault, repeatsWrongly } from './fault-harness.ts';
import type { Snapshot } from './snapshot.ts';

const left = (lines: string[], rest: Partial<Snapshot> = {}): Snapshot => ({
  lines,
  lost: [],
  repeated: [],
  queued: 0,
  ...rest,
});

describe('what two runs left', () => {
  it.each<[string, string[], string[], string[]]>([
    ['nothing', [], [], []],
    ['the same in another order', ['a', 'b', 'a'], ['b', 'a', 'a'], []],
    ['a line that is missing', ['a', 'b'], ['a'], ['- b']],
    ['a line that is new', ['a'], ['a', 'b'], ['+ b']],
    ['a line that is there once less', ['a', 'a'], ['a'], ['- a']],
    ['a line that is there once more', ['a', 'a'], ['a', 'a', 'a'], ['+ a']],
  ])('differs by %s', (_, expected, actual, difference) => {
    expect(compare(left(expected), left(actual))).toEqual(difference);
  });

  it('differs by what the disturbed run lost or left in queues', () => {
    expect(compare(left([]), left([], { lost: ['<74 a.csv>'], queued: 2 }))).toEqual([
      'lost <74 a.csv>',
      '2 messages left in queues',
    ]);
  });
});

describe('messages that came twice', () => {
  const [a, b] = ['{"to":"a@74.example"}', '{"to":"b@74.example"}'];

  it.each<[Fault['functionName'], string, Fault['kind'], string[], boolean]>([
    ['notify', 'PutItem', 'hang', [], false],
    ['notify', 'PutItem', 'hang', [a, b], false],
    ['notify', 'PutItem', 'hang', [a, a], true],
    ['notify', 'PutItem', 'fail-after', [a], false],
    ['notify', 'PutItem', 'fail-after', [a, b], true],
    ['notify', 'Publish', 'fail-before', [a], true],
    ['evaluate', 'PutItem', 'hang', [a], true],
  ])(
    'are what a fault of %s in %s by %s explains, or not: %j',
    (functionName, action, kind, repeated, isWrong) => {
      const fault = { functionName, action, kind, n: 1 };
      expect(repeatsWrongly(fault, left([], { repeated }))).toBe(isWrong);
    },
  );
});
