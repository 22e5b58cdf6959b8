import { communesOf, districtsOf, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { indicatorsOf } from '../../shared/domain/catalogue.ts';

const catalogue = loadCatalogue();
const indicators = indicatorsOf(catalogue, '01').map(({ indicator }) => indicator.id);
const districts = districtsOf('01').map(({ code }) => code);
const communes = communesIn('01');
const header = 'Mã chỉ tiêu;Kỳ báo cáo;Mã địa bàn;Giá trị;Minh chứng;Ghi chú\r\n';

function communesIn(province: string): string[] {
  return districtsOf(province).flatMap(({ code }) => communesOf(code).map((commune) => commune.code));
}

/** So many rows, one for each indicator, day from the first one on, and area. */
function* areaRows(count: number, firstDay: string, days: number, areas: readonly string[]) {
  let row = 0;
  for (const indicator of indicators) {
    for (let later = 0; later < days; later++) {
      const day = addDays(firstDay, later);
      for (const area of areas) {
        if (row++ === count) return;
        yield { indicator, day, area, value: row % 3 === 0 ? '100' : '50', note: `Tỷ lệ hộ gia đình ${row}` };
      }
    }
  }
}

function* csv(count: number, firstDay: string, days: number, areas: readonly string[]) {
  yield header;
  for (const { indicator, day, area, value, note } of areaRows(count, firstDay, days, areas)) {
    yield `${indicator};${day};${area};${value};QĐ 12/2022/QĐ-UBND;${note}\r\n`;
  }
}

function* jsonLines(count: number) {
  for (const { indicator, day, area, value } of areaRows(count, '2022-01-01', 365, communes)) {
    yield `{"indicator":"${indicator}","period":"${day}","area":"${area}","value":${value},"evidence":"VB"}\n`;
  }
}

function* repeated(before: string, text: string, times: number) {
  yield before;
  for (let time = 0; time < times; time++) yield text.replaceAll('#', String(time));
}

/** Good rows, of which every so-manieth says `x` where a number should stand. */
function* csvWithMistakes(count: number, every: number) {
  yield header;
  let row = 0;
  for (const { indicator, day, area, value, note } of areaRows(count, '2022-01-01', 365, communes)) {
    const said = row++ % every === 0 ? 'x' : value;
    yield `${indicator};${day};${area};${said};QĐ 12/2022/QĐ-UBND;${note}\r\n`;
  }
}

/** A file of a size no folder of tests should hold, and what is to become of it. */
export interface LargeFile {
  name: string;
  texts: () => Iterable<string>;
  verdict: 'accepted' | 'rejected';
  rows: number;
  codes: readonly string[];
}

const accepted = { verdict: 'accepted', rows: 2_000_000, codes: [] } as const;
const rejected = (rows: number, ...codes: string[]) => ({ verdict: 'rejected', rows, codes }) as const;

/** Good rows of Bình Dương's own percentages by commune and day, of counts that no two have alike. */
function* unlikeCounts(count: number) {
  yield 'Mã chỉ tiêu;Kỳ báo cáo;Mã địa bàn;Tử số;Mẫu số;Minh chứng\r\n';
  const own = indicatorsOf(catalogue, '74').filter(({ indicator }) => indicator.kind === 'percent');
  let state = 1;
  const below = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  let row = 0;
  for (const { indicator } of own) {
    for (let later = 0; later < 365; later++) {
      for (const area of communesIn('74')) {
        if (row++ === count) return;
        const denominator = 1 + below(1_000_000);
        const evidence = `${below(10_000)}/QĐ-UBND`;
        const counts = `${below(denominator + 1)};${denominator}`;
        yield `${indicator.id};${addDays('2022-01-01', later)};${area};${counts};${evidence}\r\n`;
      }
    }
  }
}

/** Files that are published whole. The first has as many rows as issue 3 of the project asks for. */
export const publishedFiles = [
  {
    name: "a million rows of Hà Nội's indicators by commune and day",
    unit: '01',
    texts: () => csv(1_000_000, '2022-01-01', 96, communes),
    rows: 1_000_000,
    point: { indicator: '1.a.1', period: '2022-03-31', area: '00001' },
  },
  {
    name: "rows of Bình Dương's percentages, no two alike",
    unit: '74',
    texts: () => unlikeCounts(20_000),
    rows: 20_000,
    point: { indicator: 'II.9.1', period: '2022-03-31', area: '25741' },
  },
] as const;

/** Files of Hà Nội near the limits of 200 MiB and 2,000,000 rows, the same every time. */
export const largeFiles: readonly LargeFile[] = [
  {
    name: 'every indicator by commune and day',
    texts: () => csv(2_000_000, '2022-01-01', 365, communes),
    ...accepted,
  },
  { name: 'the same as JSON', texts: () => jsonLines(2_000_000), ...accepted },
  {
    name: 'every indicator by district and day of years',
    texts: () => csv(2_000_000, '2021-01-01', 4000, districts),
    ...rejected(2_000_000, 'period-in-future', 'period-mixed-years'),
  },
  {
    name: 'five mistakes in each row',
    texts: () => repeated(header, '1.a.9;2022-13-01;99999;x#;"a"b;\r\n', 2_000_000),
    ...rejected(
      2_000_000,
      'area-unknown',
      'csv-stray-quote',
      'indicator-unknown',
      'not-a-number',
      'period-invalid',
    ),
  },
  {
    name: 'a mistake in five of 1,000,000 rows',
    texts: () => csvWithMistakes(1_000_000, 200_000),
    ...rejected(1_000_000, 'not-a-number'),
  },
  {
    name: 'a mistake in each of 1,000,000 rows',
    texts: () => csvWithMistakes(1_000_000, 1),
    ...rejected(1_000_000, 'not-a-number'),
  },
  {
    name: 'a mistake in each of 300,000 rows, told at its longest',
    texts: () => repeated(header, `1.a.1;2022-06;;${'\u200f'.repeat(200)};;#\r\n`, 300_000),
    ...rejected(300_000, 'not-a-number'),
  },
  {
    name: 'a quote that is never closed, 50 MB',
    texts: () => repeated(`${header}1.a.1;2022-06;;50;VB;"`, '1.a.1;2022-06;;50;VB;x\r\n', 2_100_000),
    ...rejected(1, 'csv-unclosed-quote'),
  },
  {
    name: 'one cell',
    texts: () => repeated(`${header}1.a.1;2022-06;;50;VB;`, 'ộ#'.repeat(100), 150_000),
    ...rejected(1, 'text-too-long'),
  },
  {
    name: 'one text in JSON',
    texts: () => repeated('[{"note":"', 'ộ#'.repeat(100), 150_000),
    ...rejected(0, 'json-invalid'),
  },
  {
    name: 'one row',
    texts: () => repeated(header, 'x#;', 15_000_000),
    ...rejected(1, 'row-too-long'),
  },
  {
    name: 'one object',
    texts: () => repeated('[{"a":1', ',"x#":1', 12_000_000),
    ...rejected(0, 'json-invalid'),
  },
];

/** The same texts in chunks of about a million characters. */
export function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < 1e6) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
