import { communesOf, districtsOf, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { indicatorsOf } from '../../shared/domain/catalogue.ts';

const unitId = '01';
const catalogue = loadCatalogue();
const indicators = indicatorsOf(catalogue, unitId).map(({ indicator }) => indicator.id);
const districts = districtsOf(unitId).map(({ code }) => code);
const communes = districts.flatMap((district) => communesOf(district).map(({ code }) => code));
const header = 'Mã chỉ tiêu;Kỳ báo cáo;Mã địa bàn;Giá trị;Minh chứng;Ghi chú\r\n';

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
