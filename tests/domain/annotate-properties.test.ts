import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAnnotatable } from '../../shared/domain/intake/annotatable.ts';
import { annotateFile } from '../../shared/domain/intake/annotate.ts';
import { Annotations } from '../../shared/domain/intake/annotations.ts';
import { checkFile } from '../../shared/domain/intake/check-file.ts';
import { isAnnotation } from '../../shared/domain/intake/columns.ts';
import { delimiters } from '../../shared/domain/intake/csv-layout.ts';
import { CsvReader } from '../../shared/domain/intake/csv-reader.ts';
import { CsvTrace } from '../../shared/domain/intake/csv-trace.ts';
import { encodings } from '../../shared/domain/intake/encoding.ts';
import type { Issue } from '../../shared/domain/issue.ts';
import { context, sourceOf } from './intake/sources.ts';
import { encodeText, join, markOf } from './intake/written-file.ts';

async function annotate(bytes: Uint8Array, pieceBytes?: number) {
  const file = sourceOf(bytes, pieceBytes);
  const annotations = new Annotations();
  const issues: Issue[] = [];
  const check = await checkFile(file, context, (issue) => {
    issues.push(issue);
    annotations.add(issue);
  });
  if (!isAnnotatable(check.file)) return { check, issues };
  const copy = join(...(await Array.fromAsync(annotateFile(file, check.file, annotations))));
  return { check, issues, copy };
}

/** Where syntax breaks, as line and character, moves with every field that is added before it. */
const withoutPosition = ({ value, message, ...issue }: Issue) =>
  issue.code === 'json-invalid' ? issue : { ...issue, value, message };

const rowsOf = (text: string, delimiter: string) => {
  const reader = new CsvReader(delimiter);
  return [...reader.write(text), ...reader.end()];
};

const delimiter = fc.constantFrom(...delimiters);
const syntax = fc.string({
  unit: fc.constantFrom('a', '"', ',', ';', '\t', '\r', '\n', ' ', 'ệ'),
  maxLength: 60,
});

describe('the trace of a CSV text', () => {
  it('finds the cells and rows that the reader finds, whatever the text', () => {
    fc.assert(
      fc.property(syntax, delimiter, (text, separator) => {
        const trace = new CsvTrace(separator);
        const rows: string[][] = [];
        let cells = [''];
        let hasBegun = false;
        for (const character of text) {
          const step = trace.step(character.charCodeAt(0));
          if (step === 'content') cells.push(`${cells.pop()}${character}`);
          if (step === 'cell-end') cells.push('');
          if (step === 'row-end') {
            rows.push(cells);
            cells = [''];
          }
          if (step !== 'line-feed') hasBegun = step !== 'row-end';
        }
        if (hasBegun) rows.push(cells);
        const expected = rowsOf(text, separator);
        expect(rows).toEqual(expected.map((row) => row.cells));
        const isUnclosed = expected.some(({ faults }) =>
          [...(faults ?? [])].some(([, fault]) => fault === 'csv-unclosed-quote'),
        );
        expect(trace.isInQuotes).toBe(isUnclosed);
      }),
      { numRuns: 2000 },
    );
  });
});

const word = fc.constantFrom(
  'II.9.1',
  '1.a.1',
  '2022-06',
  'T5/2022',
  '98',
  '98,7',
  '1.234',
  'x',
  '',
  ' ',
  '=1+1',
  'a;b',
  'a,b',
  '"',
  'hộ\ngia đình',
  "'",
);
const names = fc.constantFrom(
  ['Mã chỉ tiêu', 'Kỳ báo cáo', 'Giá trị', 'Ghi chú'],
  ['Kỳ', 'Chỉ tiêu', 'Tử số', 'Mẫu số', 'Tỷ lệ', ''],
  ['Mã chỉ tiêu', 'màu', 'Kỳ', 'Giá trị', '', ''],
  ['Mã chỉ tiêu', 'Giá trị', 'Giá trị'],
);
const row = fc.array(word, { maxLength: 8 });
const table = fc.record({
  titles: fc.array(fc.constantFrom(['Báo cáo tháng 6'], ['', ''], ['Đơn vị', 'Bình Dương'], []), {
    maxLength: 2,
  }),
  names,
  rows: fc.array(row, { maxLength: 6 }),
  hasSepLine: fc.boolean(),
  quotesAll: fc.boolean(),
  rowEnd: fc.constantFrom('\r\n', '\n', '\r'),
  endsLast: fc.boolean(),
  delimiter,
  encoding: fc.constantFrom(...encodings),
  hasMark: fc.boolean(),
  pieceBytes: fc.integer({ min: 1, max: 40 }),
});
type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;

function write(one: Table): { text: string; bytes: Uint8Array } {
  const cell = (text: string) =>
    one.quotesAll || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [...one.titles, one.names, ...one.rows].map((cells) => cells.map(cell).join(one.delimiter));
  if (one.hasSepLine) lines.unshift(`sep=${one.delimiter}`);
  const text = lines.join(one.rowEnd) + (one.endsLast ? one.rowEnd : '');
  const bytes = encodeText(text, one.encoding);
  const isMarked = one.encoding.startsWith('utf-16') || (one.encoding === 'utf-8' && one.hasMark);
  return { text, bytes: isMarked ? join(markOf(one.encoding), bytes) : bytes };
}

const decode = (bytes: Uint8Array) =>
  new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8', { fatal: true })
    .decode(bytes)
    .normalize('NFC');

describe('the annotated copy of any CSV table, in every delimiter and encoding', () => {
  it('without its column is the sender’s table, cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (one) => {
        const { text, bytes } = write(one);
        const { check, copy } = await annotate(bytes, one.pieceBytes);
        if (!copy || check.file.format !== 'csv') return;
        const before = rowsOf(text, one.delimiter);
        const after = rowsOf(decode(copy), one.delimiter);
        const header = after.findIndex(({ cells }) => cells.some(isAnnotation));
        const column = after[header]?.cells.findIndex(isAnnotation) ?? -1;
        expect(column).toBeGreaterThan(0);
        expect(after).toHaveLength(before.length);
        for (const [index, { cells }] of after.entries()) {
          const own = before[index]?.cells ?? [];
          const others = cells.filter((_, position) => position !== column);
          const width = Math.max(own.length, others.length);
          // Cells without content at the end of a row, the one that gave way among them, are no cells to Excel.
          const filled = (list: readonly string[]) =>
            Array.from({ length: width }, (_, at) => (list[at] ?? '').trimEnd());
          expect(filled(others)).toEqual(filled(own));
          if (index < header) expect(cells).toEqual(own);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same issues when it is sent again', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (one) => {
        const { issues, check, copy } = await annotate(write(one).bytes, one.pieceBytes);
        if (!copy) return;
        const again = await annotate(copy);
        expect(again.issues).toEqual(issues);
        expect(again.check).toMatchObject({
          verdict: check.verdict,
          rows: check.rows,
          figures: check.figures,
        });
      }),
      { numRuns: 500 },
    );
  });
});

const observation = fc.dictionary(
  fc.constantFrom('indicator', 'period', 'value', 'note', 'màu', 'tiendo: lỗi', 'tiendo: lỗi '),
  fc.oneof(
    word,
    fc.double(),
    fc.constantFrom(null, true, '}', '{"', '\\', '",'),
    fc.jsonValue({ maxDepth: 2 }),
  ),
);

describe('the annotated copy of any JSON file', () => {
  it('without its field holds what the sender’s holds, and gives the same issues when it is sent again', async () => {
    const containers = fc.constantFrom<(list: readonly object[], space: number) => string>(
      (list, space) => JSON.stringify(list, null, space),
      (list, space) => JSON.stringify({ observations: list }, null, space),
      (list) => list.map((one) => JSON.stringify(one)).join('\n'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(observation, { minLength: 1, maxLength: 4 }),
        containers,
        fc.constantFrom(0, 2),
        fc.integer({ min: 1, max: 40 }),
        async (list, container, space, pieceBytes) => {
          const text = container(list, space);
          const { issues, copy } = await annotate(new TextEncoder().encode(text), pieceBytes);
          const found = new TextDecoder().decode(copy);
          expect(parse(found)).toEqual(parse(text));
          expect((await annotate(copy ?? new Uint8Array())).issues.map(withoutPosition)).toEqual(
            issues.map(withoutPosition),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** What a JSON text or lines of JSON hold, without fields of ours. */
function parse(text: string): unknown[] {
  const values = text.startsWith('{') && !text.includes('"observations":') ? text.split('\n') : [text];
  return values.map((value) =>
    JSON.parse(value, (key, inner: unknown) => (isAnnotation(key) ? undefined : inner)),
  );
}

describe('anything that has an annotated copy', () => {
  const folder = new URL('../fixtures/intake/', import.meta.url);
  const seeds = readdirSync(folder)
    .filter((name) => /\.(csv|json)$/.test(name) && !name.endsWith('.expected.json'))
    .map((name) => new Uint8Array(readFileSync(new URL(name, folder))))
    .filter(({ length }) => length > 0 && length < 5000);
  const special = [0x22, 0x0a, 0x0d, 0x2c, 0x3b, 0x09, 0x5b, 0x5d, 0x7b, 0x7d, 0x3a, 0x5c, 0x20, 0x00];
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(...special))), { maxLength: 4 }),
      fc.option(fc.nat(), { nil: undefined }),
    )
    .map(([seed, changes, cut]) => {
      const bytes = Uint8Array.from(seed);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return cut === undefined ? bytes : bytes.slice(0, cut % (bytes.length + 1));
    });

  it('gives the same issues when it is sent again', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, fc.integer({ min: 1, max: 30 }), async (bytes, pieceBytes) => {
        const { issues, copy } = await annotate(bytes, pieceBytes);
        if (!copy) return;
        const again = await annotate(copy);
        expect(again.issues.map(withoutPosition)).toEqual(issues.map(withoutPosition));
      }),
      { numRuns: 600 },
    );
  });
});
