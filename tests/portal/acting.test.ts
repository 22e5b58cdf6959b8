import { describe, expect, it } from 'vitest';
import { findActor } from '../../portal/acting.ts';
import { keyOfTarget, targetChoices } from '../../portal/pages/alerts/silence-target.ts';
import { silencesAt } from '../../portal/pages/alerts/silences-at.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { mayEndSilence, maySilence } from '../../shared/domain/silencing.ts';
import { actor, coordinator, office } from '../domain/people.ts';

const catalogue = loadCatalogue();
const people = [coordinator('BTTTT'), coordinator('BYT'), coordinator('VPCP')];

describe('who acts', () => {
  it.each([
    [{ subject: 'o', role: 'province', unit: '74' }, { actor: { subject: 'o', unit: '74' } }],
    [
      { subject: 'account-byt-1', role: 'coordinator' },
      { actor: { subject: 'account-byt-1', unit: 'BYT', coordinator: people[1] } },
    ],
    [{ subject: 'a', role: 'analyst' }, {}],
    [{ subject: 'a', role: 'admin' }, {}],
  ] as const)('of %j is %j', (viewer, found) => {
    expect(findActor(viewer, people)).toEqual(found);
  });

  it('is nobody where a coordinator is not registered, and the reason is the API’s', () => {
    const { actor: nobody, refusal } = findActor({ subject: 'x', role: 'coordinator' }, people);
    expect(nobody).toBeUndefined();
    expect(refusal?.en).toMatch(/no registered coordinator/);
  });
});

describe('what can be kept quiet', () => {
  const grounds = (by: ReturnType<typeof actor>) => ({ catalogue, actor: by, coordinators: people });
  const keysOf = (by: ReturnType<typeof actor>) => targetChoices(grounds(by), 'vi').map(({ key }) => key);

  it('is everything for a national body but those above it', () => {
    const keys = keysOf(actor('BTTTT'));
    for (const key of ['unit:74', 'task:1.a', 'coordinator:btttt-1']) expect(keys).toContain(key);
    expect(keys).not.toContain('coordinator:vpcp-1');
  });

  it('is for another body its own tasks, its unit and its people', () => {
    const keys = keysOf(actor('BYT'));
    const tasks = keys.filter((key) => key.startsWith('task:')).map((key) => key.slice(5));
    const own = catalogue.tasks.filter(({ coordinators }) => coordinators.includes('BYT'));
    expect(tasks).toEqual(own.map(({ ref }) => ref));
    expect(keys.filter((key) => !key.startsWith('task:'))).toEqual(['unit:BYT', 'coordinator:byt-1']);
  });

  it('is only what a scope holds', () => {
    expect(keysOf(actor('BTTTT', { scopes: ['74'] })).filter((key) => key.startsWith('unit:'))).toEqual([
      'unit:74',
    ]);
  });

  it('is told apart by kind and id', () => {
    expect([{ unit: '74' }, { task: 'II.9' }, { coordinator: '74-1' }].map(keyOfTarget)).toEqual([
      'unit:74',
      'task:II.9',
      'coordinator:74-1',
    ]);
  });

  it.each([
    ['2022-06-30T23:59:59.999Z', []],
    ['2022-07-01T00:00:00.000Z', [true]],
    ['2022-07-03T00:00:00.000Z', [false]],
  ])('stood at %s as %j', (asOf, inForce) => {
    const at = '2022-07-01T00:00:00.000Z';
    const until = '2022-07-08T16:59:59.999Z';
    const silence = { id: '01G', target: { unit: '74' }, by: 's', unit: 'BTTTT', reason: 'bão', at, until };
    const ended = { ...silence, endedAt: '2022-07-03T00:00:00.000Z', isInForce: false };
    expect(silencesAt({ silences: [ended] }, asOf).silences.map((each) => each.isInForce)).toEqual(inForce);
  });

  it('is ended by those who could have begun it', () => {
    const now = '2022-07-01T01:00:00.000Z';
    const silence = {
      id: '01G',
      target: { unit: '74' },
      by: 'account-btttt-1',
      unit: 'BTTTT',
      reason: 'bão',
      at: '2022-07-01T00:00:00.000Z',
      until: '2022-07-08T16:59:59.999Z',
    };
    expect(mayEndSilence(grounds(actor('BTTTT')), silence, now)).toBe(true);
    expect(mayEndSilence(grounds(actor('VPCP')), silence, now)).toBe(true);
    expect(mayEndSilence(grounds(actor('BYT')), silence, now)).toBe(false);
    expect(maySilence(grounds(office('74')), { unit: '58' })).toBe(false);
  });
});
