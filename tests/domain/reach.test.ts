import { describe, expect, it } from 'vitest';
import { currentReach, noteReach, type Sighting, statusOf } from '../../shared/domain/reach.ts';

const [first, second, third] = [
  '2022-04-01T00:00:00.000Z',
  '2022-04-02T00:00:00.000Z',
  '2022-04-03T00:00:00.000Z',
];
const email = (status: Sighting['status'], address = 'aa', topic = 't1'): Sighting => ({
  coordinator: '74-1',
  channel: 'email',
  address,
  topic,
  status,
});
const sms = (status: Sighting['status'], address = 'bb'): Sighting => ({
  coordinator: '74-1',
  channel: 'sms',
  address,
  status,
});

describe('noting how addresses stand', () => {
  it('adds what has changed, and leaves all as it is where nothing has', () => {
    const pending = noteReach({}, [email('pending'), sms('live')], first);
    expect(pending['74-1']).toEqual([
      { channel: 'email', address: 'aa', topic: 't1', log: [{ at: first, status: 'pending' }] },
      { channel: 'sms', address: 'bb', log: [{ at: first, status: 'live' }] },
    ]);
    expect(noteReach(pending, [email('pending'), sms('live')], second)).toBe(pending);
    const live = noteReach(pending, [email('live'), sms('live')], second);
    expect(live['74-1']?.[0]?.log).toEqual([
      { at: first, status: 'pending' },
      { at: second, status: 'live' },
    ]);
    expect(live['74-1']?.[1]).toBe(pending['74-1']?.[1]);
  });

  it('counts an address as unused once its owner has another, and takes it up again', () => {
    const old = noteReach({}, [email('live', 'aa')], first);
    const changed = noteReach(old, [email('pending', 'cc')], second);
    expect(changed['74-1']?.map((entry) => [entry.address, statusOf(entry)])).toEqual([
      ['aa', 'unused'],
      ['cc', 'pending'],
    ]);
    expect(currentReach(changed, '74-1', 'email')?.address).toBe('cc');
    const back = noteReach(changed, [email('live', 'aa')], third);
    expect(currentReach(back, '74-1', 'email')?.log.map(({ status }) => status)).toEqual([
      'live',
      'unused',
      'live',
    ]);
  });

  it('keeps the history of whoever was taken off the list, and writes it no further', () => {
    const removed = noteReach(noteReach({}, [email('live')], first), [], second);
    expect(removed['74-1']?.[0]?.log.at(-1)).toEqual({ at: second, status: 'unused' });
    expect(currentReach(removed, '74-1', 'email')).toBeUndefined();
    expect(noteReach(removed, [], third)).toBe(removed);
  });

  it('notes another topic without a word about the status', () => {
    const moved = noteReach(noteReach({}, [email('live')], first), [email('live', 'aa', 't2')], second);
    expect(moved['74-1']?.[0]).toMatchObject({ topic: 't2', log: [{ at: first, status: 'live' }] });
  });

  it('never goes back in time, whatever a clock says', () => {
    const noted = noteReach(noteReach({}, [email('live')], second), [email('gone')], first);
    expect(noted['74-1']?.[0]?.log.map(({ at }) => at)).toEqual([second, second]);
  });
});
