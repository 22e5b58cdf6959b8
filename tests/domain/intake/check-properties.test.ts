import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../shared/domain/intake/check-file.ts';
import { anyFile } from './any-file.ts';
import { expectSound } from './expect-sound.ts';
import { context, sourceOf } from './sources.ts';
import { anyLines, anyStyle, everyStyle, type Line, plainStyle, writeTable } from './written-table.ts';

describe('one table written in every style', () => {
  const table: Line[] = [
    { indicator: 'II.9.1', day: '2022-05-15', numerator: 1_234, denominator: 1_640_000 },
    { indicator: '1.b.1', day: '2022-05-31', value: '2345678' },
    { indicator: '1.a.1', day: '2022-06-30', value: '98.7' },
    { indicator: '1.c.1', day: '2022-06-30', value: '1.25' },
  ];

  it('is written in 108 of them', () => {
    expect(everyStyle).toHaveLength(108);
  });

  it.each(everyStyle)(
    '$encoding (mark: $hasMark) $delimiter $number $date gives the same figures',
    async (style) => {
      const plain = await checkFile(sourceOf(writeTable(table, plainStyle)), context);
      const check = await checkFile(sourceOf(writeTable(table, style)), context);
      expect(check).toMatchObject({ verdict: 'accepted', figures: plain.figures, issues: [] });
      expect(check.file).toMatchObject({ encoding: style.encoding, delimiter: style.delimiter });
      expect(check.figures).toHaveLength(4);
    },
  );
});

describe('one table that proves nothing about its numbers', () => {
  const table: Line[] = [
    { indicator: 'II.9.1', day: '2022-05-15', numerator: 1_234, denominator: 56_789 },
    { indicator: '1.b.1', day: '2022-05-31', value: '2345' },
  ];
  const verdicts = new Map<string, number>();

  it.each(everyStyle)(
    '$encoding (mark: $hasMark) $delimiter $number $date gives the same figures or a named ambiguity',
    async (style) => {
      const plain = await checkFile(sourceOf(writeTable(table, plainStyle)), context);
      const check = await checkFile(sourceOf(writeTable(table, style)), context);
      verdicts.set(check.verdict, (verdicts.get(check.verdict) ?? 0) + 1);
      if (check.verdict === 'accepted') expect(check.figures).toEqual(plain.figures);
      else expect(check.issueCounts).toEqual({ 'number-ambiguous': 3 });
      expect(check.verdict).toBe(style.number === 'thousands dots' ? 'rejected' : 'accepted');
    },
  );

  it('is ambiguous in the 36 styles with thousands dots and the same in the other 72', () => {
    expect(Object.fromEntries(verdicts)).toEqual({ accepted: 72, rejected: 36 });
  });
});

describe('any table', () => {
  it('gives the same figures in every style, or is refused for an ambiguous number', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLines,
        anyStyle,
        fc.integer({ min: 1, max: 50 }),
        async (table, style, pieceBytes) => {
          const literal = table.map(({ indicator, day: period, numerator, denominator, value }) => ({
            indicator,
            period,
            numerator,
            denominator,
            value: value === undefined ? undefined : Number(value),
          }));
          const exact = await checkFile(sourceOf(JSON.stringify(literal)), context);
          const check = await checkFile(sourceOf(writeTable(table, style), pieceBytes), context);
          expect(exact.verdict).toBe('accepted');
          if (check.verdict === 'accepted') expect(check.figures).toEqual(exact.figures);
          else expect(Object.keys(check.issueCounts)).toEqual(['number-ambiguous']);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('anything at all', () => {
  it('is accepted, or rejected with codes of the registry, and cut anywhere gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 9 }), async (bytes, pieceBytes) => {
        await expectSound(await checkFile(sourceOf(bytes), context), bytes, pieceBytes);
      }),
      { numRuns: 1000 },
    );
  });
});
