import type { Period } from '../shared/domain/calendar.ts';
import type { Catalogue } from '../shared/domain/catalogue.ts';
import { type HabitName, habits } from './habits.ts';
import { vietnamTime } from './office-hours.ts';
import type { SampleRow } from './row.ts';
import { numeratorFor } from './series-rows.ts';
import { filePath, type SampleSubmission, unitOf } from './submissions.ts';
import { writeFile } from './write-file.ts';

interface Extra {
  unit: string;
  habit: HabitName;
  period: Period;
  suffix: string;
  /** Time in Vietnam. */
  receivedAt: string;
  rows: readonly SampleRow[];
}

const extras: readonly Extra[] = [
  // Completed the day after the deadline.
  {
    unit: '20',
    habit: 'excelWithUnit',
    period: '2022-07-01',
    suffix: '',
    receivedAt: '2022-07-01T09:05:12.480',
    rows: [
      {
        indicator: 'II.36.1',
        period: '2022-07-01',
        completedOn: '2022-07-01',
        evidence: '1377/QĐ-UBND',
        note: 'Vận hành chính thức từ 0 giờ ngày 01/7.',
      },
    ],
  },
  // Completed on the last day, told on the day after.
  {
    unit: '52',
    habit: 'commaInComma',
    period: '2022-06',
    suffix: '-bo-sung',
    receivedAt: '2022-07-01T08:12:44.061',
    rows: [{ indicator: 'II.10.1', period: '2022-06', completedOn: '2022-06-30', evidence: '2216/QĐ-UBND' }],
  },
  // Reached the day after the deadline.
  {
    unit: '54',
    habit: 'excelPercentSign',
    period: '2022-07-01',
    suffix: '',
    receivedAt: '2022-07-01T10:20:31.775',
    rows: [{ indicator: 'II.45.1', period: '2022-07-01', numerator: 124, denominator: 124 }],
  },
  // The same period once more, with the right figure.
  {
    unit: '60',
    habit: 'excel',
    period: '2022-05',
    suffix: '-dinh-chinh',
    receivedAt: '2022-06-10T14:31:08.913',
    rows: [
      {
        indicator: 'II.12.1',
        period: '2022-05',
        numerator: numeratorFor(1_252_060, 86.9),
        denominator: 1_252_060,
        note: 'Đính chính: số liệu gửi trước đã tính trùng hồ sơ của hai huyện.',
      },
    ],
  },
  // Half a minute after the deadline.
  {
    unit: '80',
    habit: 'excelPercentSign',
    period: '2022-06',
    suffix: '-dinh-chinh',
    receivedAt: '2022-07-01T00:00:30.000',
    rows: [{ indicator: 'II.39.1', period: '2022-06', numerator: 188, denominator: 188 }],
  },
];

/** Corrections, additions and late reports beside the units' regular files. */
export function extraSubmissions(catalogue: Catalogue): SampleSubmission[] {
  return extras.map((extra) => ({
    unit: extra.unit,
    path: filePath(extra, extra.period, extra.suffix),
    bytes: writeFile(extra.rows, habits[extra.habit], unitOf(catalogue, extra.unit)),
    receivedAt: vietnamTime(extra.receivedAt),
    expect: 'accepted',
  }));
}

/** The unit that sends its file of June twice, byte for byte. */
const absentMinded = { unit: '48', month: '2022-06', minutesLater: 17 } as const;

/** The file sent a second time by mistake. Throws when the regular files have no such one. */
export function repeatedSubmission(regular: readonly SampleSubmission[]): SampleSubmission {
  const { unit, month, minutesLater } = absentMinded;
  const first = regular.find((submission) => submission.unit === unit && submission.path.includes(month));
  if (!first) throw new RangeError(`${unit} sends nothing for ${month}`);
  return {
    ...first,
    receivedAt: new Date(Date.parse(first.receivedAt) + minutesLater * 60_000).toISOString(),
  };
}
