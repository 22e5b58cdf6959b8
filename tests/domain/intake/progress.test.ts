import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../shared/domain/intake/check-file.ts';
import { watchFile } from '../../../shared/domain/intake/watch-file.ts';
import { context, sourceOf } from './sources.ts';

const header = 'indicator,period,value\n';
const rows = 'II.9.1,2022-06,x\n'.repeat(1000);

async function toldOf(text: string | Uint8Array, pieceBytes: number) {
  const told: { rows: number; bytes: number }[] = [];
  const file = sourceOf(text, pieceBytes);
  const check = await checkFile(file, context, undefined, (progress) => {
    told.push(progress);
  });
  return { told, check, bytes: file.bytes };
}

describe('the progress of a check', () => {
  it('grows to all rows and all bytes, and changes nothing', async () => {
    const { told, check, bytes } = await toldOf(header + rows, 1000);
    expect(told.length).toBeGreaterThanOrEqual(3 * Math.floor(bytes / 1000));
    for (const [index, { rows, bytes }] of told.entries()) {
      expect(rows).toBeGreaterThanOrEqual(told[index - 1]?.rows ?? 0);
      expect(bytes).toBeGreaterThanOrEqual(told[index - 1]?.bytes ?? 0);
    }
    // The last piece is told of when its rows are read.
    expect(told.at(-1)).toEqual({ rows: 1000, bytes });
    expect(check).toEqual(await checkFile(sourceOf(header + rows), context));
  });

  it('leaves a share of the bytes for the rows of a large file', async () => {
    const long = `II.9.1,2022-06,x,${'n'.repeat(1000)}\n`.repeat(4000);
    const { told, bytes } = await toldOf(`indicator,period,value,note\n${long}`, 10_000);
    const before = told.filter(({ rows }) => rows === 0).at(-1)?.bytes ?? 0;
    // Two of three readings, and the beginning once more.
    expect(before / bytes).toBeCloseTo(0.75, 1);
  });

  it('never passes the size of a file that is read more often', async () => {
    const { told, bytes } = await toldOf(
      Uint8Array.from(Buffer.from(`${header}II.9.1,2022-06,\xb8\n`, 'latin1')),
      4,
    );
    expect(Math.max(...told.map((one) => one.bytes))).toBeLessThanOrEqual(bytes);
  });

  it('is waited for', async () => {
    let isTelling = false;
    const file = watchFile(sourceOf('abcdef', 2), 1, async () => {
      isTelling = true;
      await new Promise((resolve) => setImmediate(resolve));
      isTelling = false;
    });
    const pieces: number[] = [];
    for await (const piece of file.open()) {
      expect(isTelling).toBe(false);
      pieces.push(piece.length);
    }
    expect(pieces).toEqual([2, 2, 2]);
  });
});
