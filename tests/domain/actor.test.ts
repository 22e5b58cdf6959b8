import { describe, expect, it } from 'vitest';
import { type Actor, actingStanding, actorOf, requireStanding } from '../../shared/domain/actor.ts';
import type { Standing } from '../../shared/domain/standing.ts';
import { actor, coordinator, office } from './people.ts';
import { smallCatalogue } from './small-catalogue.ts';

const catalogue = smallCatalogue({ ref: 'II.9', coordinators: ['BYT', 'các địa phương'] });
const [task] = catalogue.tasks;
const of74 = { unit: '74' };
const ofTask = { unit: '74', ...(task && { task }) };

describe('whom a viewer acts for', () => {
  const registered = [coordinator('74', { id: 'a' }), coordinator('BYT', { account: 'c0ffee' })];

  it('is its unit for an office, registered or not', () => {
    expect(actorOf({ subject: 's', role: 'province', unit: '74' }, [])).toEqual({ subject: 's', unit: '74' });
  });

  it('is for a coordinator the unit of the person with that account', () => {
    const found = actorOf({ subject: 'c0ffee', role: 'coordinator' }, registered);
    expect(found).toEqual({ subject: 'c0ffee', unit: 'BYT', coordinator: registered[1] });
  });

  it('is the first of two people with one account', () => {
    const twice = [coordinator('BYT', { account: 'c0ffee' }), coordinator('74', { account: 'c0ffee' })];
    expect(actorOf({ subject: 'c0ffee', role: 'coordinator' }, twice).unit).toBe('BYT');
  });

  it.each([
    ['a coordinator whom nobody registered', { subject: 'c0ffe', role: 'coordinator' }, 'not-registered'],
    ['an analyst, registered or not', { subject: 'c0ffee', role: 'analyst' }, 'role-forbidden'],
    ['an admin, registered or not', { subject: 'c0ffee', role: 'admin' }, 'role-forbidden'],
  ] as const)('is nobody for %s', (_, viewer, code) => {
    const problem = expect.objectContaining({ status: 403, code });
    expect(() => actorOf(viewer, registered)).toThrow(expect.objectContaining({ problem }));
  });

  it('is nobody for a person without account, whatever the subject', () => {
    const { account: _, ...person } = coordinator('74');
    expect(() => actorOf({ subject: 'undefined', role: 'coordinator' }, [person])).toThrow();
  });
});

describe('where somebody acts from', () => {
  it.each<[string, Actor, typeof ofTask, Standing | undefined]>([
    ['the office, on its own alert', office('74'), ofTask, 'unit'],
    ['the office of another province', office('01'), ofTask, undefined],
    ['the office of a national body, on its own alert', office('VPCP'), { unit: 'VPCP' }, 'unit'],
    ["the office of a national body, on another's alert", office('BTTTT'), ofTask, undefined],
    ['a person of the unit', actor('74'), ofTask, 'unit'],
    ['a person of another province', actor('01'), ofTask, undefined],
    ["a person of the task's body", actor('BYT'), ofTask, 'body'],
    ["a person of the task's body, on the unit itself", actor('BYT'), of74, undefined],
    ['a person of a national body', actor('BTTTT'), ofTask, 'body'],
    ['a person of a national body, on the unit itself', actor('BTTTT'), of74, 'body'],
    ['a person of the body escalated to', actor('VPCP'), ofTask, 'top'],
    ['a scope that names the unit', actor('BTTTT', { scopes: ['01', '74'] }), of74, 'body'],
    ['a scope that names the task', actor('BTTTT', { scopes: ['II.9'] }), ofTask, 'body'],
    [
      'a scope that names the task, on the unit itself',
      actor('BTTTT', { scopes: ['II.9'] }),
      of74,
      undefined,
    ],
    ['a scope that names neither', actor('BTTTT', { scopes: ['7', 'II.9.1', 'II'] }), ofTask, undefined],
    ['a scope that names the unit, without a part in it', actor('BYT', { scopes: ['74'] }), of74, undefined],
    ["a scope of the unit's own person", actor('74', { scopes: ['II.8'] }), ofTask, undefined],
  ])('%s', (_, person, matter, standing) => {
    expect(actingStanding(catalogue, person, matter)).toBe(standing);
  });

  it.each([
    [office('01'), 'unit-forbidden'],
    [actor('01'), 'out-of-scope'],
  ])('is required: %j', (person, code) => {
    const problem = expect.objectContaining({ status: 403, code });
    expect(() => requireStanding(catalogue, person, ofTask)).toThrow(expect.objectContaining({ problem }));
  });

  it.each([
    ['body', actor('VPCP'), true],
    ['body', actor('BYT'), true],
    ['body', actor('74'), false],
    ['top', actor('BYT'), false],
    ['top', actor('VPCP'), true],
  ] as const)('can be required to be %s', (least, person, isEnough) => {
    const act = () => requireStanding(catalogue, person, ofTask, least);
    if (isEnough) act();
    else expect(act).toThrow();
  });
});
