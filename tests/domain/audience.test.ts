import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../shared/domain/alert.ts';
import { audienceOf, isInScope } from '../../shared/domain/audience.ts';

const directive = { nationalBodies: ['VPCP', 'BTTTT'], escalatesTo: 'VPCP' };
const withBody = { coordinators: ['BYT', 'các bộ, ngành liên quan'] };
const withWords = { coordinators: ['các bộ, ngành liên quan'] };
const own = ['74'];
const national = ['74', 'VPCP', 'BTTTT'];

describe('the audience of an alert', () => {
  it.each<[AlertKind, string, string[], string[]]>([
    ['due-soon', '30', own, own],
    ['report-missing', '2022-05', own, own],
    ['file-rejected', 'rejected', own, own],
    ['deadline-missed', 'missed', ['74', 'BYT'], national],
    ['deadline-missed', 'day-7', ['74', 'BYT'], national],
    ['deadline-missed', 'escalated-7', ['BYT'], ['VPCP', 'BTTTT']],
    ['deadline-missed', 'escalated-14', ['VPCP'], ['VPCP']],
    ['deadline-missed', 'resolved', ['74', 'BYT', 'VPCP'], national],
    ['forecast', 'forecast', ['74', 'BYT'], national],
    ['fell-below', 'fell', ['74', 'BYT'], national],
    ['recipient-unreachable', 'unreachable', ['74', 'BYT'], national],
    ['unit-unreachable', 'unreachable', ['BYT'], ['VPCP', 'BTTTT']],
    ['sms-budget', 'reached', ['BYT'], ['VPCP', 'BTTTT']],
  ])('%s, stage %s: with a coordinating body %j, with words alone %j', (kind, stage, ofBody, ofWords) => {
    expect(audienceOf(directive, { kind, unit: '74' }, stage, withBody)).toEqual(ofBody);
    expect(audienceOf(directive, { kind, unit: '74' }, stage, withWords)).toEqual(ofWords);
    expect(audienceOf(directive, { kind, unit: '74' }, stage, { coordinators: [] })).toEqual(ofWords);
  });

  it('has a unit once that coordinates its own task', () => {
    const alert = { kind: 'deadline-missed', unit: 'BTTTT' } as const;
    expect(audienceOf(directive, alert, 'missed', { coordinators: ['BTTTT', 'BYT'] })).toEqual([
      'BTTTT',
      'BYT',
    ]);
  });
});

describe('the scope of a coordinator', () => {
  it.each([
    [undefined, true],
    [['74'], true],
    [['II.9'], true],
    [['01', 'II.9'], true],
    [['01'], false],
    [['II.90'], false],
  ])('%j takes in II.9 of 74: %s', (scopes, expected) => {
    expect(isInScope(scopes ? { scopes } : {}, '74', { ref: 'II.9' })).toBe(expected);
  });
});
