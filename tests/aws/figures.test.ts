import { gunzipSync } from 'node:zlib';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownClients } from '../../shared/aws/clients.ts';
import { loadPublications, saveFigures } from '../../shared/aws/figures.ts';
import { pack } from '../../shared/aws/packed-items.ts';
import { emptyHead, publish } from '../../shared/domain/head.ts';
import type { Observation } from '../../shared/domain/observation.ts';

const mock = mockClient(DynamoDBDocumentClient);
const clients = ownClients();
const id = '01G3ABCDEFGHJKMNPQRSTVWXYZ';
const figure = { indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', value: '98.7', areas: 0 };
const candidate = { id, sha256: 'a'.repeat(64), receivedAt: '2022-06-20T02:59:00.000Z', figures: [figure] };
const head = publish(emptyHead('74', 2022), candidate, '2022-06-20T03:00:00.000Z');

beforeEach(() => {
  mock.reset();
  mock.on(PutCommand).resolves({});
});

const written = () => mock.commandCalls(PutCommand).map(({ args: [{ input }] }) => input.Item ?? {});
const unpacked = (item: Record<string, unknown>) =>
  JSON.parse(gunzipSync(item.content as Uint8Array).toString());

/** Rows with notes of characters that neither compress nor take less than three bytes. */
async function* observations(count: number, noteLength: number): AsyncGenerator<Observation> {
  let state = 1;
  const character = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return String.fromCharCode(0x4e00 + (state >>> 19));
  };
  for (let row = 2; row < count + 2; row += 1) {
    const note = Array.from({ length: noteLength }, character).join('');
    yield { row, indicator: 'II.9.1', period: '2022-05', area: '', value: '98.7', note };
  }
}

describe('saving what a submission says', () => {
  it('writes its rows in chunks, then its figures, under its own keys', async () => {
    await saveFigures(clients, '74', id, [figure], observations(150, 1000));
    expect(written().map(({ pk, sk }) => [pk, sk])).toEqual([
      [`74#${id}`, 'ROWS#000001'],
      [`74#${id}`, 'ROWS#000002'],
      [`74#${id}`, 'FIGURES'],
    ]);
    const rows = written().slice(0, 2).flatMap(unpacked);
    expect(rows.map(({ row }: Observation) => row)).toEqual(Array.from({ length: 150 }, (_, n) => n + 2));
    expect(unpacked(written()[2] ?? {})).toEqual({ submission: id, figures: [figure] });
  });

  it('keeps each chunk under the 400 kB of an item, whatever the notes are', async () => {
    await saveFigures(clients, '74', id, [figure], observations(150, 2000));
    const sizes = written().map((item) => (item.content as Uint8Array).length);
    expect(Math.max(...sizes)).toBeGreaterThan(150_000);
    expect(Math.max(...sizes)).toBeLessThan(350_000);
  });
});

describe('loading publications', () => {
  it('puts the figures to the submissions the head names', async () => {
    const item = {
      pk: `74#${id}`,
      sk: 'FIGURES',
      content: pack({ submission: id, figures: [figure] }),
    };
    mock.on(BatchGetCommand).resolves({ Responses: { tiendo: [item] } });
    const { receivedAt } = candidate;
    expect(await loadPublications(clients, [head])).toEqual(
      new Map([
        ['74', [{ submissionId: id, receivedAt, acceptedAt: '2022-06-20T03:00:00.000Z', figures: [figure] }]],
      ]),
    );
  });

  it('fails loudly when figures are missing', async () => {
    mock.on(BatchGetCommand).resolves({ Responses: { tiendo: [] } });
    await expect(loadPublications(clients, [head])).rejects.toThrow(`names ${id}, whose figures are missing`);
  });
});
