import { createHash } from 'node:crypto';
import { BatchGetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ownClients } from '../../shared/aws/clients.ts';
import { pack } from '../../shared/aws/packed-items.ts';
import { loadUsages, reserveSms } from '../../shared/aws/sms-usage.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { emptyUsage, maxMonthlyParts, type SmsUsage } from '../../shared/domain/sms-budget.ts';
import { fakeTable } from '../functions/fake-table.ts';

const table = fakeTable();
const clients = ownClients();
const now = '2022-07-14T03:00:00.000Z';
const key = keys.smsUsage('2022-07');

beforeEach(() => table.reset());

describe('reserving text messages', () => {
  it('writes the month down, under the nation and not a unit', async () => {
    const granted = await reserveSms(clients, [{ id: 'a', parts: 2 }], now);
    expect(granted).toEqual(new Set(['a']));
    expect(table.packed({ pk: 'NATION#SMS', sk: '2022-07' })).toEqual({
      month: '2022-07',
      version: 1,
      budget: 5000,
      parts: { a: 2 },
    });
  });

  it('begins with the month in Asia/Ho_Chi_Minh', async () => {
    await reserveSms(clients, [{ id: 'a', parts: 1 }], '2022-07-31T16:59:59.999Z');
    await reserveSms(clients, [{ id: 'b', parts: 1 }], '2022-07-31T17:00:00.000Z');
    expect(table.written()).toEqual(['NATION#SMS 2022-07', 'NATION#SMS 2022-08']);
  });

  it('notes when a message was first refused', async () => {
    await table.putPacked(key, { ...emptyUsage('2022-07', 5000), version: 7, parts: { a: 4999 } });
    expect(await reserveSms(clients, [{ id: 'b', parts: 2 }], now)).toEqual(new Set());
    expect(table.packed(key)).toMatchObject({ version: 8, parts: { a: 4999 }, reachedAt: now });
  });

  it('writes nothing when nothing changes', async () => {
    expect(await reserveSms(clients, [], now)).toEqual(new Set());
    expect(table.mock.calls()).toHaveLength(0);
    await reserveSms(clients, [{ id: 'a', parts: 1 }], now);
    expect(await reserveSms(clients, [{ id: 'a', parts: 1 }], now)).toEqual(new Set(['a']));
    expect(table.written()).toHaveLength(1);
  });

  it('goes by the budget that is set now, not by that of the last time', async () => {
    await table.putPacked(key, { ...emptyUsage('2022-07', 1), version: 1, parts: { a: 1 }, reachedAt: now });
    expect(await reserveSms(clients, [{ id: 'b', parts: 1 }], now)).toEqual(new Set(['b']));
    expect(table.packed(key)).toMatchObject({ version: 2, budget: 5000, reachedAt: now });
  });

  it('by two at the same time counts both, and never more than the budget', async () => {
    await table.putPacked(key, { ...emptyUsage('2022-07', 5000), version: 1, parts: { a: 4998 } });
    const [one, other] = await Promise.all(
      ['b', 'c'].map((id) => reserveSms(clients, [{ id, parts: 2 }], now)),
    );
    expect([...(one ?? []), ...(other ?? [])]).toHaveLength(1);
    expect(Object.keys(table.packed(key).parts)).toHaveLength(2);
    // The loser read again: two tries in the same state, one more after it was lost.
    expect(table.mock.commandCalls(PutCommand)).toHaveLength(3);
  });

  it('lets every other failure through', async () => {
    table.mock.on(PutCommand).rejects(new Error('no network'));
    await expect(reserveSms(clients, [{ id: 'a', parts: 1 }], now)).rejects.toThrow('no network');
  });

  it('takes its budget from the environment, and fails loudly on one that is no number', async () => {
    try {
      vi.resetModules();
      vi.stubEnv('SMS_MONTHLY_PARTS', '1');
      const { reserveSms: reserveOne } = await import('../../shared/aws/sms-usage.ts');
      const wanted = ['a', 'b'].map((id) => ({ id, parts: 1 }));
      expect(await reserveOne(clients, wanted, now)).toEqual(new Set(['a']));
      vi.resetModules();
      vi.stubEnv('SMS_MONTHLY_PARTS', 'many');
      await expect(import('../../shared/aws/sms-usage.ts')).rejects.toThrow('monthly budget');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('the usage of the months', () => {
  it('is read from the first to that of an instant, without those in which nothing was sent', async () => {
    const [june, july, august] = ['2022-06', '2022-07', '2022-08'].map((month): SmsUsage => {
      return { ...emptyUsage(month, 5000), version: 1 };
    });
    for (const usage of [june, july, august])
      if (usage) await table.putPacked(keys.smsUsage(usage.month), usage);
    expect(await loadUsages(clients, '2022-04', '2022-07-31T16:59:59.999Z')).toEqual([june, july]);
    expect(table.mock.commandCalls(BatchGetCommand)).toHaveLength(1);
  });

  it('is empty before the first', async () => {
    expect(await loadUsages(clients, '2022-08', now)).toEqual([]);
  });

  // No two ids alike, as long as ids can be, and nothing in them to compress: 244 kB and 366 kB.
  it.each([
    [5_000, 300_000],
    [maxMonthlyParts, 400_000 * 0.95],
  ])('with %i messages takes under %i bytes', async (messages, maxBytes) => {
    const parts = Object.fromEntries(
      Array.from({ length: messages }, (_, index) => {
        const day = String(1 + (index % 31)).padStart(2, '0');
        return [`2022-07-${day}#${randomLookingId(index)}#sms#${index}`, 1];
      }),
    );
    const usage = { ...emptyUsage('2022-07', messages), version: messages, parts, reachedAt: now };
    expect((await pack(usage)).length).toBeLessThan(maxBytes);
  });
});

/** An id of a coordinator, of 63 characters, always the same for a number. */
function randomLookingId(number: number): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789-';
  const bytes = createHash('sha512').update(String(number)).digest().subarray(0, 63);
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
