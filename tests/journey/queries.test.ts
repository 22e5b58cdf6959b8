import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import { announce } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';
import { query } from './saved-queries.ts';

let cloud: Cloud;
let dataDirectory: string;

beforeAll(async () => {
  const templateDirectory = await synthesizeSmall();
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-queries-'));
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-06-20T01:00:00.000Z' });
  await send('74', [
    { indicator: 'II.9.1', period: '2022-04', numerator: 950, denominator: 1000, note: '=1+1' },
    { indicator: 'II.9.1', period: '2022-05', value: '98,7' },
  ]);
  await send('01', [
    { indicator: '1.a.1', period: '2022-05', completed_on: '2022-05-20', evidence: '12/QĐ-UBND' },
  ]);
  await cloud.moveTo('2022-07-02T01:00:00.000Z');
});

afterAll(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

async function send(unit: string, rows: readonly object[]): Promise<void> {
  const content = JSON.stringify(rows);
  const announced = { ...announce('so-lieu.json', content), contentType: 'application/json' } as const;
  await submitFile(apiAs(cloud, unit), announced, new TextEncoder().encode(content));
  await cloud.idle();
}

const start = (name: string, parameters: Record<string, string> = {}, account = 'analyst') =>
  callRoute(apiAs(cloud, account), 'POST /queries/{name}', { params: { name }, body: { parameters } });

const look = async (id: string, account = 'analyst') =>
  (await callRoute(apiAs(cloud, account), 'GET /queries/executions/{id}', { params: { id } })).body;

/** Asks a named query and waits for its end. */
async function ask(name: string, parameters: Record<string, string> = {}) {
  const { body } = await start(name, parameters);
  return await vi.waitUntil(
    async () => {
      const execution = await look(body.id);
      return execution.state === 'succeeded' || execution.state === 'failed' ? execution : undefined;
    },
    { timeout: 30_000 },
  );
}

async function succeed(name: string, parameters: Record<string, string> = {}) {
  const execution = await ask(name, parameters);
  if (execution.state !== 'succeeded') throw new Error(execution.reason.en);
  return execution;
}

describe('a named query by the API', () => {
  it.each([
    ['known-on', {}],
    ['known-on', { day: '2022-06-30', unit: '74' }],
    ['overdue-by-body', {}],
    ['corrections', {}],
    ['timeliness-ranking', {}],
  ])('%s %j answers what tiendo query does', async (name, parameters: Record<string, string>) => {
    const { columns, rows, rowCount } = await succeed(name, parameters);
    const given = Object.entries(parameters).flatMap(([key, value]) => ['--param', `${key}=${value}`]);
    const expected: Record<string, unknown>[] = JSON.parse(
      await query(dataDirectory, '--named', name, ...given, '--json'),
    );
    if (name !== 'corrections') expect(expected.length).toBeGreaterThan(0);
    expect(rowCount).toBe(expected.length);
    expect(
      rows.map((row) => Object.fromEntries(columns.map((column, index) => [column.name, row[index]]))),
    ).toEqual(
      expected.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, value === null ? null : asAnswered(value)]),
        ),
      ),
    );
  });

  it('says what its columns mean and are', async () => {
    const { columns, bytesScanned, statement, query: name } = await succeed('known-on');
    expect(name).toBe('known-on');
    expect(statement).toMatch(/^-- tiendo: known-on\nselect/);
    expect(bytesScanned).toBeGreaterThan(0);
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'unit_id text',
      'indicator_id text',
      'period text',
      'as_at day',
      'numerator number',
      'denominator number',
      'value number',
      'completed_on day',
      'areas number',
      'submission_id text',
      'received_at instant',
      'accepted_at instant',
    ]);
    expect(columns[4]).toMatchObject({ title: { vi: 'Tử số, cộng các địa bàn' } });
  });

  it('can be downloaded as a file that Excel opens', async () => {
    const { download } = await succeed('known-on', { unit: '74' });
    expect(download).toMatchObject({ fileName: 'known-on-2022-07-02.csv', isForExcel: true });
    const response = await fetch(download.url);
    expect(response.headers.get('content-disposition')).toContain('known-on-2022-07-02.csv');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(text).toMatch(/^\u{FEFF}unit_id;indicator_id;/u);
    expect(text).toMatch(/\r\n74;II\.9\.1;2022-05;2022-05-31;;;98,7;/);
  });

  it('is run once for the same request within a minute', async () => {
    const { body: one } = await start('corrections', { unit: '01' });
    const { body: again } = await start('corrections', { unit: '01' });
    const { body: other } = await start('corrections', { unit: '74' });
    const { body: byAnother } = await start('corrections', { unit: '01' }, 'admin');
    expect(again).toEqual(one);
    expect(new Set([one.id, other.id, byAnother.id]).size).toBe(3);
  });

  it.each(['coordinator', 'analyst', 'admin'])('is for %s', async (account) => {
    const { body } = await callRoute(apiAs(cloud, account), 'GET /queries', {});
    expect(body.queries.map(({ name }) => name)).toContain('known-on');
    expect((await start('known-on', {}, account)).status).toBe(202);
  });

  it('is not for a province', async () => {
    const { body } = await start('known-on');
    const refused = { status: 403, code: 'role-forbidden' };
    await expect(callRoute(apiAs(cloud, '74'), 'GET /queries', {})).rejects.toMatchObject(refused);
    await expect(start('known-on', {}, '74')).rejects.toMatchObject(refused);
    await expect(look(body.id, '74')).rejects.toMatchObject(refused);
  });

  it.each([
    ['select', {}, 404, 'query-unknown'],
    ['known-on', { day: '2022-02-29' }, 400, 'parameter-invalid'],
    ['known-on', { unit: "74' or '1'='1" }, 400, 'parameter-invalid'],
    ['known-on', { month: '2022-06' }, 400, 'parameter-invalid'],
  ])('%s with %j is refused', async (name, parameters, status, code) => {
    await expect(start(name, parameters as Record<string, string>)).rejects.toMatchObject({ status, code });
  });

  it('has no execution by an id that nobody was given', async () => {
    await expect(look('3f2a0c1e-7d7e-4a4f-9b8e-1c2d3e4f5a6b')).rejects.toMatchObject({
      status: 404,
      code: 'execution-unknown',
    });
  });

  it('was denied nothing', () => {
    expect(cloud.denials.filter(({ functionName }) => functionName === 'answer-query')).toEqual([]);
  });
});

/** A cell of `--json` as the API has it. */
function asAnswered(value: unknown): string {
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2} /.test(text) ? new Date(`${text.replace(' ', 'T')}Z`).toISOString() : text;
}
