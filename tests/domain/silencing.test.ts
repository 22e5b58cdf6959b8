import { describe, expect, it } from 'vitest';
import type { Actor } from '../../shared/domain/actor.ts';
import type { SilenceLog, SilenceTarget } from '../../shared/domain/silence.ts';
import { endSilence, listSilences, startSilence } from '../../shared/domain/silencing.ts';
import { actor, coordinator } from './people.ts';
import { smallCatalogue } from './small-catalogue.ts';

const catalogue = smallCatalogue({ ref: 'II.9', coordinators: ['BYT'] });
const coordinators = ['74', '01', 'BYT', 'BTTTT', 'VPCP'].map((unit) => coordinator(unit));
const now = '2022-07-01T02:00:00.000Z';
const later = '2022-07-02T02:00:00.000Z';
const empty: SilenceLog = { version: 3, silences: [] };
const problem = (status: number, code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, code }) });

const grounds = (person: Actor) => ({ catalogue, actor: person, coordinators });
function start(person: Actor, target: SilenceTarget, until = '2022-07-31', log = empty, reason = 'nghỉ lễ') {
  return startSilence(grounds(person), log, `id-${log.silences.length}`, { target, reason, until }, now);
}

describe('a silence', () => {
  it('says who keeps what quiet, for which unit, why, from when and until when', () => {
    const { log, silence } = start(actor('BYT'), { task: 'II.9' });
    expect(silence).toEqual({
      id: 'id-0',
      target: { task: 'II.9' },
      by: 'account-byt-1',
      unit: 'BYT',
      reason: 'nghỉ lễ',
      at: now,
      until: '2022-07-31T16:59:59.999Z',
    });
    expect(log).toEqual({ version: 3, silences: [silence] });
  });

  it.each([
    ['2022-06-30', false],
    ['2022-07-01', true],
    ['2022-09-28', true],
    ['2022-09-29', true],
    ['2022-09-30', false],
    ['2022-07-01T09:00:00+07:00', false],
    ['2022-07-01T09:00:00.001+07:00', true],
    ['2022-09-29T23:59:59.999+07:00', true],
    ['2022-09-30T00:00:00+07:00', false],
    ['2022-07-01T09:00:01', false],
    ['mai', false],
    ['', false],
  ])('until %j, asked on 1 July at 9:00: %s', (until, isPossible) => {
    if (isPossible) expect(start(actor('74'), { unit: '74' }, until).log.silences).toHaveLength(1);
    else expect(() => start(actor('74'), { unit: '74' }, until)).toThrow(problem(400, 'until-invalid'));
  });

  it('asked for again is the one there already; with another end, reason, target or person it is another', () => {
    const { log, silence } = start(actor('BTTTT'), { unit: '74' });
    const again = start(actor('BTTTT'), { unit: '74' }, '2022-07-31', log);
    expect(again.log).toBe(log);
    expect(again.silence).toBe(silence);
    expect(start(actor('BTTTT'), { unit: '74' }, '2022-07-30', log).log.silences).toHaveLength(2);
    expect(start(actor('BTTTT'), { unit: '74' }, '2022-07-31', log, 'khác').log.silences).toHaveLength(2);
    expect(start(actor('BTTTT'), { unit: '01' }, '2022-07-31', log).log.silences).toHaveLength(2);
    expect(start(actor('VPCP'), { unit: '74' }, '2022-07-31', log).log.silences).toHaveLength(2);
    const { log: ended } = endSilence(grounds(actor('BTTTT')), log, 'id-0', now);
    expect(start(actor('BTTTT'), { unit: '74' }, '2022-07-31', ended).log.silences).toHaveLength(2);
  });
});

describe('who may keep what quiet', () => {
  it.each<[string, Actor, SilenceTarget, string | undefined]>([
    ['their own unit', actor('74'), { unit: '74' }, undefined],
    ['another unit', actor('74'), { unit: '01' }, 'out-of-scope'],
    ['any unit, from a national body', actor('BTTTT'), { unit: '74' }, undefined],
    ['a unit in scope', actor('BTTTT', { scopes: ['74'] }), { unit: '74' }, undefined],
    ['a unit out of scope', actor('BTTTT', { scopes: ['01', 'II.9'] }), { unit: '74' }, 'out-of-scope'],
    ['a unit that owes a task they coordinate', actor('BYT'), { unit: '74' }, 'out-of-scope'],
    ['no unit at all', actor('BTTTT'), { unit: '7' }, 'unit-unknown'],
    ['a task they coordinate', actor('BYT'), { task: 'II.9' }, undefined],
    ['any task, from a national body', actor('BTTTT'), { task: 'II.9' }, undefined],
    ['a task in scope', actor('BYT', { scopes: ['II.9'] }), { task: 'II.9' }, undefined],
    [
      'a task, with a scope of a unit only',
      actor('BYT', { scopes: ['74'] }),
      { task: 'II.9' },
      'out-of-scope',
    ],
    ['a task their unit owes, as others do', actor('74'), { task: 'II.9' }, 'out-of-scope'],
    ['no task at all', actor('BTTTT'), { task: 'II' }, 'silence-target-unknown'],
    ['themselves', actor('74', { scopes: ['II.1'] }), { coordinator: '74-1' }, undefined],
    ['somebody of their unit', actor('74', { id: '74-2' }), { coordinator: '74-1' }, undefined],
    ['somebody of another unit', actor('74'), { coordinator: '01-1' }, 'out-of-scope'],
    ['somebody, from a national body', actor('BTTTT'), { coordinator: '74-1' }, undefined],
    ['somebody out of scope', actor('BTTTT', { scopes: ['01'] }), { coordinator: '74-1' }, 'out-of-scope'],
    ['somebody who stands above them', actor('BTTTT'), { coordinator: 'vpcp-1' }, 'out-of-scope'],
    ['nobody who is registered', actor('VPCP'), { coordinator: 'bttt-1' }, 'silence-target-unknown'],
    ['somebody below them', actor('VPCP'), { coordinator: 'btttt-1' }, undefined],
  ])('%s', (_, person, target, refusal) => {
    if (refusal === undefined) expect(start(person, target).log.silences).toHaveLength(1);
    else {
      const isUnknown = refusal.endsWith('unknown');
      expect(() => start(person, target)).toThrow(problem(isUnknown ? 404 : 403, refusal));
    }
  });
});

describe('ending a silence', () => {
  const { log } = start(actor('BTTTT'), { unit: '74' });
  const end = (person: Actor, at = later, present = log) => endSilence(grounds(person), present, 'id-0', at);

  it('says who and when, and keeps the entry', () => {
    const { log: after, silence } = end(actor('BTTTT'));
    expect(silence).toMatchObject({ id: 'id-0', endedAt: later, endedBy: 'account-btttt-1' });
    expect(after.silences).toEqual([silence]);
  });

  it('again changes nothing', () => {
    const { log: after } = end(actor('BTTTT'));
    expect(end(actor('BTTTT'), '2022-07-03T02:00:00.000Z', after).log).toBe(after);
  });

  it('that has lapsed changes nothing', () => {
    expect(end(actor('BTTTT'), '2022-07-31T16:59:59.998Z').log).not.toBe(log);
    expect(end(actor('BTTTT'), '2022-07-31T16:59:59.999Z').log).toBe(log);
  });

  it.each<[string, Actor, boolean]>([
    ['somebody beside the author', actor('BTTTT', { id: 'btttt-2' }), true],
    ['somebody above the author', actor('VPCP'), true],
    ['somebody below the author', actor('74'), false],
    ['somebody who could not have begun it', actor('01'), false],
    ['somebody above, out of scope', actor('VPCP', { scopes: ['01'] }), false],
  ])('is allowed or not to %s', (_, person, isAllowed) => {
    if (isAllowed) expect(end(person).silence.endedBy).toBe(person.subject);
    else expect(() => end(person)).toThrow(problem(403, 'out-of-scope'));
  });

  it('that its author could no longer begin is theirs to end all the same', () => {
    expect(end(actor('BTTTT', { scopes: ['01'] })).silence.endedAt).toBe(later);
  });

  it('of an id nobody knows is refused', () => {
    expect(() => endSilence(grounds(actor('BTTTT')), empty, 'id-0', now)).toThrow(
      problem(404, 'silence-unknown'),
    );
  });
});

it('silences are listed with those in force first, each the newest first, and 200 that are over', () => {
  const silence = (number: number, until: string) => ({
    id: String(number),
    target: { unit: '74' },
    by: 's',
    unit: '74',
    reason: 'r',
    at: '2022-06-01T00:00:00.000Z',
    until,
  });
  const over = Array.from({ length: 201 }, (_, number) => silence(number, '2022-06-02T00:00:00.000Z'));
  const listed = listSilences([silence(900, later), ...over, silence(901, later)], now);
  expect(listed.slice(0, 3).map(({ id, isInForce }) => [id, isInForce])).toEqual([
    ['901', true],
    ['900', true],
    ['200', false],
  ]);
  expect(listed).toHaveLength(202);
});
