import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ownClients } from '../../shared/aws/clients.ts';
import { listExported } from '../../shared/aws/export-objects.ts';
import { replaceTable } from '../../shared/aws/exported-tables.ts';
import * as parquet from '../../shared/aws/parquet-file.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { coordinatingBodyRows } from '../../shared/domain/tables/dimension-rows.ts';
import { fakeExports } from '../functions/fake-exports.ts';

vi.mock(import('../../shared/aws/parquet-file.ts'), { spy: true });

const bucket = fakeExports();
const clients = ownClients();
const key = 'coordinating_bodies/unit=74/coordinating_bodies.parquet';
const rows = coordinatingBodyRows(loadCatalogue());
const replace = async (some = rows) =>
  await replaceTable(clients, await listExported(clients, ['']), key, 'coordinating_bodies', some);
const timesMade = () => vi.mocked(parquet.writeParquet).mock.calls.length;

beforeEach(() => {
  bucket.reset();
  vi.clearAllMocks();
});

describe('the object of a table', () => {
  it('is made once while its rows and what is there stay the same', async () => {
    expect(await replace()).toBe(true);
    expect(await replace([...rows])).toBe(false);
    expect(timesMade()).toBe(1);
  });

  it('is made again when a row has changed', async () => {
    await replace();
    expect(await replace(rows.slice(1))).toBe(true);
    expect(await replace()).toBe(true);
  });

  it.each([
    ['gone', () => bucket.objects.delete(key)],
    ['another', () => bucket.objects.set(key, new Uint8Array([1]))],
  ])('is made again when what is there is %s', async (_, spoil) => {
    await replace();
    const right = bucket.objects.get(key);
    spoil();
    expect(await replace()).toBe(true);
    expect(bucket.objects.get(key)).toEqual(right);
  });

  it('is removed when there are no rows, and made again when there are', async () => {
    await replace();
    expect(await replace([])).toBe(true);
    expect(bucket.objects.size).toBe(0);
    expect(await replace()).toBe(true);
  });
});
