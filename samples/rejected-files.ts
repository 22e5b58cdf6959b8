import { communesOf, districtsOf } from '../shared/catalogue/load-catalogue.ts';
import type { Catalogue } from '../shared/domain/catalogue.ts';
import { type CsvHabit, encoders, habits } from './habits.ts';
import { vietnamTime } from './office-hours.ts';
import type { Cells } from './row.ts';
import { filePath, type SampleSubmission, unitOf } from './submissions.ts';
import { csvText } from './write-file.ts';

/** A file that is refused. `codes` are its errors, in the order of its rows. */
export interface RejectedFile {
  unit: string;
  path: string;
  /** Time in Vietnam. */
  receivedAt: string;
  habit: CsvHabit;
  rows: readonly Cells[];
  codes: readonly string[];
  why: string;
  followUp: string;
}

/** The refused files: each has mistakes of one sort, several of them, among rows that are right. */
export const rejectedFiles: readonly RejectedFile[] = [
  {
    unit: '45',
    path: filePath({ unit: '45', habit: 'excelUsedRange' }, '2022-05', '-lan-1'),
    receivedAt: '2022-05-24T15:47:19.305',
    habit: habits.excelUsedRange,
    rows: [
      { indicator: 'II.50.1', period: '05/2022', area: '461', numerator: '17620', denominator: '21480' },
      { indicator: 'II.50.1', period: '05/2022', area: '464', numerator: '16005', denominator: '23310' },
      {
        indicator: 'II.50.1',
        period: '05/2022',
        area: communeOf('44'),
        numerator: '1904',
        denominator: '2750',
      },
      { indicator: 'II.50.1', period: '05/2022', area: '4611', numerator: '1120', denominator: '1640' },
      { indicator: 'II.23.2', period: '05/2022', numerator: '783', denominator: '802' },
      { indicator: 'II.50.4', period: '05/2022', numerator: '540262', denominator: '640120' },
    ],
    codes: ['area-outside-unit', 'area-unknown', 'indicator-not-assigned', 'indicator-unknown'],
    why: 'a commune of Quảng Bình, an area code of four digits, an indicator of Hà Giang and one that does not exist',
    followUp: 'corrected the next morning',
  },
  {
    unit: '38',
    path: filePath({ unit: '38', habit: 'excel' }, '2022-06', '-lan-1'),
    receivedAt: '2022-06-22T10:36:52.118',
    habit: habits.excel,
    rows: [
      { indicator: 'II.56.1', period: '05/2022', numerator: '128400000', denominator: '9052200' },
      {
        indicator: 'II.56.1',
        period: '06/2022',
        area: districtOf('38', 0),
        numerator: '1.234',
        denominator: '18650',
      },
      {
        indicator: 'II.56.1',
        period: '06/2022',
        area: districtOf('38', 1),
        numerator: 'khoảng 900',
        denominator: '12875',
      },
      {
        indicator: 'II.56.1',
        period: '06/2022',
        area: districtOf('38', 2),
        numerator: '812',
        denominator: '12040',
        value: '9',
      },
      { indicator: '1.i.1', period: '06/2022', completed_on: '31/06/2022', evidence: '1893/KH-UBND' },
    ],
    codes: [
      'numerator-exceeds-denominator',
      'number-ambiguous',
      'not-a-number',
      'value-contradicts-ratio',
      'date-invalid',
    ],
    why: 'numerator and denominator swapped, 1.234 with nothing to show whether it is a thousand or a fraction, words for a number, a value that is not its ratio, and 31 June',
    followUp: 'corrected the next morning',
  },
  {
    unit: '93',
    path: filePath({ unit: '93', habit: 'excelEnglish' }, '2022-06'),
    receivedAt: '2022-06-29T16:21:37.642',
    habit: habits.excelEnglish,
    rows: [
      { indicator: 'II.28.1', period: '2022-06', value: '95' },
      { indicator: 'II.28.1', period: '2022-06', value: '92' },
      { indicator: '1.e.1', period: '2022-06', completed_on: '2022-05-27' },
      { indicator: '1.i.1', period: '2022-07', value: '60' },
      {
        indicator: '1.h.1',
        period: '2022-06',
        value: '80',
        completed_on: '2022-06-20',
        evidence: '402/BC-UBND',
      },
      { indicator: '1.k.1', period: '2022-06', note: 'Đang tổng hợp' },
      { indicator: '1.c.1', period: '2022-06', value: '120' },
    ],
    codes: [
      'observation-duplicate',
      'evidence-missing',
      'period-in-future',
      'value-conflict',
      'value-required',
      'out-of-range',
    ],
    why: 'a row twice, a completion without evidence, a month that has not begun, 80 % complete with a day of completion, a row without a figure, and 120 %',
    followUp: 'never sent again: the figures of May stand',
  },
];

/** The refused files as the journey sends them. */
export function rejectedSubmissions(catalogue: Catalogue): SampleSubmission[] {
  return rejectedFiles.map(({ unit, path, receivedAt, habit, rows }) => ({
    unit,
    path,
    bytes: encoders[habit.encoding](csvText(rows, habit, unitOf(catalogue, unit)).normalize('NFC')),
    receivedAt: vietnamTime(receivedAt),
    expect: 'rejected',
  }));
}

function districtOf(province: string, index: number): string {
  const district = districtsOf(province)[index];
  if (!district) throw new RangeError(`${province} has no district ${index}`);
  return district.code;
}

function communeOf(province: string): string {
  const commune = communesOf(districtOf(province, 0))[0];
  if (!commune) throw new RangeError(`${province} has no commune`);
  return commune.code;
}
