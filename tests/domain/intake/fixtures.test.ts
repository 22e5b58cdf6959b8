import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkFile, readObservations, seriesOf } from '../../../shared/domain/intake/check-file.ts';
import { entryOf, type IssueCode, issueCodes } from '../../../shared/domain/issue-codes.ts';
import { figureSchema, observationSchema } from '../../../shared/domain/observation.ts';
import { context, sourceOf, sourceOfPieces } from './sources.ts';

const folder = new URL('../../fixtures/intake/', import.meta.url);

const expectedSchema = z.strictObject({
  given: z.strictObject({
    unit: z.string(),
    receivedAt: z.iso.datetime(),
    limits: z.strictObject({ maxBytes: z.int(), maxRows: z.int() }).exactOptional(),
    published: z.array(figureSchema).exactOptional(),
  }),
  verdict: z.enum(['accepted', 'rejected']),
  file: z.looseObject({ format: z.string(), encoding: z.string() }),
  rows: z.int(),
  observations: z.int(),
  issues: z.array(z.looseObject({ code: z.string() })),
  series: z.array(z.looseObject({ indicator: z.string() })),
});

const fixtures = readdirSync(folder)
  .filter((name) => /\.(csv|json)$/.test(name) && !name.endsWith('.expected.json'))
  .map((name) => {
    const expectedName = name.replace(/\.(csv|json)$/, '.expected.json');
    const expected = expectedSchema.parse(JSON.parse(readFileSync(new URL(expectedName, folder), 'utf8')));
    const { unit, ...given } = expected.given;
    return {
      name,
      bytes: new Uint8Array(readFileSync(new URL(name, folder))),
      context: { ...context, ...given, unitId: unit },
      expected,
    };
  });

/** Codes that are not decided by looking at one file. */
const decidedElsewhere: IssueCode[] = ['submission-identical'];

describe('a file as offices send it', () => {
  it.each(fixtures)('$name is read as its neighbour says', async ({ bytes, context, expected }) => {
    const check = await checkFile(sourceOf(bytes), context);
    const { sha256: _, bytes: __, ...file } = check.file;
    expect({
      given: expected.given,
      verdict: check.verdict,
      file,
      rows: check.rows,
      observations: check.observations,
      issues: check.issues.map(({ message: _, severity: __, ...issue }) => issue),
      series: seriesOf(check),
    }).toEqual(expected);
  });

  it.each(fixtures)('$name gives the same wherever it is cut into pieces', async ({ bytes, context }) => {
    const whole = await checkFile(sourceOf(bytes), context);
    for (const pieceBytes of [1, 2, 3, 7]) {
      expect(await checkFile(sourceOf(bytes, pieceBytes), context), `${pieceBytes} bytes`).toEqual(whole);
    }
  });

  it.each(fixtures.filter(({ name }) => name.startsWith('good-')))(
    '$name gives the same cut in two at any byte',
    async ({ bytes, context }) => {
      const whole = await checkFile(sourceOf(bytes), context);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
        expect(await checkFile(sourceOfPieces(pieces), context), `cut at byte ${cut}`).toEqual(whole);
      }
    },
  );

  it.each(fixtures.filter(({ expected }) => expected.verdict === 'accepted'))(
    '$name gives one observation a row to store',
    async ({ bytes, context }) => {
      const source = sourceOf(bytes, 5);
      const check = await checkFile(source, context);
      const observations = await Array.fromAsync(readObservations(source, check, context));
      expect(observations).toHaveLength(check.observations);
      expect(observations.map((observation) => observationSchema.parse(observation))).toEqual(observations);
      expect(check.figures.map((figure) => figureSchema.parse(figure))).toEqual(check.figures);
    },
  );
});

describe('the line ends of Excel', () => {
  const text = [
    'BÁO CÁO',
    '',
    'indicator;period;value;note',
    'II.9.1;2022-06;50;"hai',
    'dòng"',
    '1.b.1;2022-06;x;',
    '',
    '1.a.1;2022-06;101;',
  ];

  it.each(['\n', '\r\n', '\r'])('%j give the same rows, cut in two at any byte', async (lineEnd) => {
    const bytes = new TextEncoder().encode(text.join(lineEnd));
    for (let cut = 0; cut <= bytes.length; cut++) {
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
      const { rows, issues } = await checkFile(sourceOfPieces(pieces), context);
      expect({ rows, issues }, `cut at byte ${cut}`).toMatchObject({
        rows: 3,
        issues: [
          { code: 'not-a-number', row: 5, cell: 'C5' },
          { code: 'out-of-range', row: 7, cell: 'C7' },
        ],
      });
    }
  });
});

describe('the issue codes', () => {
  const codes = Object.keys(issueCodes).filter((code): code is IssueCode => code in issueCodes);

  it.each(codes.filter((code) => !decidedElsewhere.includes(code)))(
    '%s has a file that yields it and nothing else',
    async (code) => {
      const own = fixtures.filter(({ name }) => name.replace(/\.(csv|json)$/, '').startsWith(code));
      expect(own, 'fixtures named after the code').not.toHaveLength(0);
      for (const { name, bytes, context } of own) {
        const check = await checkFile(sourceOf(bytes), context);
        expect(Object.keys(check.issueCounts), name).toEqual([code]);
        expect(check.verdict, name).toBe(entryOf(code).severity === 'error' ? 'rejected' : 'accepted');
      }
    },
  );

  it.each(codes)('%s says what is wrong and what to do, in composed Vietnamese and in English', (code) => {
    const facts = { value: '1.234', expected: '98,7' };
    for (const part of [entryOf(code).message(facts), entryOf(code).remedy(facts)]) {
      expect(part.vi).toMatch(/^[\p{Lu}“\d].*[.?]$/u);
      expect(part.vi).toMatch(/[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i);
      expect(part.vi).toBe(part.vi.normalize('NFC'));
      expect(part.en).toMatch(/[.?]$/);
    }
  });

  it('come with every file whole: all mistakes of all rows at once', async () => {
    const file = fixtures.find(({ name }) => name === 'all-row-mistakes.csv');
    const rowCodes = codes.filter((code) => entryOf(code).scope === 'row');
    expect(new Set(file?.expected.issues.map(({ code }) => code))).toEqual(new Set(rowCodes));
  });
});
