import * as fc from 'fast-check';

/** A row as it stands in a JSON file. */
export type FileRow = Readonly<Record<string, string | number>> & { indicator: string; period: string };

/** Words that CSV, spreadsheets, terminals and encodings trip over. */
const words = fc.constantFrom(
  'Đã rà soát xong tại các sở, ngành.',
  'Ử Ữ Ự ỵ đ Đ',
  '=HYPERLINK("x")',
  '-5; "chờ" thẩm định',
  'dòng một\ndòng hai',
  '😀 𠮷',
  "O'Brien",
  'null',
);
const periods = fc.constantFrom('2022-03', '2022-04', '2022-Q1', '2022-05-15', '2022-06');
const count = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 1000 }) },
);
const ratio = fc.tuple(count, count).map(([a, b]) => ({
  numerator: Math.min(a, b),
  denominator: Math.max(a, b, 1),
}));
const growth = fc.constantFrom(-22.5, 0, -0.25, 25, 0.000000000001, 123.456789);
const completed = words.map((evidence) => ({ completed_on: '2022-03-20', evidence }));
const note = fc.option(words, { nil: undefined });
/** Districts of Bắc Ninh. */
const areas = fc.subarray(['256', '258', '259', '260'], { minLength: 1 });

/** The rows of one indicator of Bắc Ninh and a period: of the whole province, or of some districts. */
const rows = periods.chain((period) =>
  fc.oneof(
    fc.tuple(ratio, note).map(([figure, text]) => [row('II.7.1', period, figure, text)]),
    areas.chain((chosen) =>
      fc
        .tuple(...chosen.map(() => fc.integer({ min: 0, max: 50 })))
        .map((parts) =>
          parts.map((numerator, index) =>
            row('II.7.1', period, { area: chosen[index] ?? '', numerator, denominator: 50 }, undefined),
          ),
        ),
    ),
    fc.tuple(growth, note).map(([value, text]) => [row('II.7.2', period, { value }, text)]),
    fc.tuple(completed, note).map(([figure, text]) => [row('1.a.1', period, figure, text)]),
    fc
      .tuple(fc.integer({ min: 0, max: 99 }), note)
      .map(([value, text]) => [row('1.b.1', period, { value }, text)]),
  ),
);

function row(
  indicator: string,
  period: string,
  cells: Readonly<Record<string, string | number>>,
  text: string | undefined,
): FileRow {
  return { indicator, period, ...cells, ...(text === undefined ? {} : { note: text }) };
}

/** Files of Bắc Ninh that are accepted: each has an indicator and period once. */
export const filesArbitrary: fc.Arbitrary<FileRow[][]> = fc.array(
  fc
    .uniqueArray(rows, {
      selector: ([first]) => `${first?.indicator} ${first?.period}`,
      minLength: 1,
      maxLength: 6,
    })
    .map((groups) => groups.flat()),
  { minLength: 20, maxLength: 20 },
);
