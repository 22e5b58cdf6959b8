import type { Day } from '../shared/domain/calendar.ts';
import type { Level } from './by-area.ts';
import type { HabitName } from './habits.ts';

/** The months the samples tell of. */
export const months = ['2022-03', '2022-04', '2022-05', '2022-06'] as const;
export type Month = (typeof months)[number];

/** One entry for each of the months; `null` where nothing is reported, as also beyond the end. */
type PerMonth<T> = readonly (T | null)[];

/** How one indicator develops from March to June. */
export type Series =
  /** So many percent of a total, at least and as near as whole numbers allow; by area where a level is given, the percentage beside its counts where wished. */
  | {
      kind: 'ratio';
      indicator: string;
      total: number;
      percents: PerMonth<number>;
      level?: Level;
      hasTotalRow?: boolean;
      hasValue?: boolean;
    }
  /** So many of the province's communes, wards counted among them or not, reported by area. */
  | { kind: 'communes'; indicator: string; reached: PerMonth<number>; level: Level; hasWards: boolean }
  /** Plain values: a percentage, a count or a growth rate. `repeats` sends all months so far each time. */
  | { kind: 'value'; indicator: string; values: PerMonth<string>; isPercentage: boolean; repeats: boolean }
  /** Percent complete until the day of completion, which the first file after it tells. */
  | { kind: 'milestone'; indicator: string; percents: PerMonth<number>; completedOn?: Day }
  /** A duty that recurs: complete on these days. */
  | { kind: 'monthly'; indicator: string; completedOn: PerMonth<Day> }
  /** A milestone reported by district: so many of them complete. */
  | { kind: 'districts'; indicator: string; reached: PerMonth<number> };

/**
 * When a unit sends: within the month by the day reports are due, at the month's end, early in the month
 * after (June still in June), once a quarter, once and never again, or never.
 */
export type Pace = 'punctual' | 'month-end' | 'after-month' | 'quarterly' | 'once' | 'never';

/** How a unit does with the tasks of section 1, which everybody has. */
export type Diligence = 'prompt' | 'late' | 'patchy';

/** What one unit does from March to June 2022. */
export interface Story {
  unit: string;
  habit: HabitName;
  pace: Pace;
  diligence: Diligence;
  series: readonly Series[];
  /** Times in Vietnam that matter to the story, instead of any office hour: `2022-06-30T23:59:30`. */
  receivedAt?: Partial<Record<Month, string>>;
  /** Months whose file is left out. */
  skips?: readonly Month[];
}

/** A ratio of two counts. */
export function ratio(indicator: string, total: number, percents: PerMonth<number>): Series {
  return { kind: 'ratio', indicator, total, percents };
}

/** A ratio of two counts with the percentage in the column beside them. */
export function ratioWithValue(indicator: string, total: number, percents: PerMonth<number>): Series {
  return { kind: 'ratio', indicator, total, percents, hasValue: true };
}

/** A ratio reported by area, with a row for the whole province above where wished. */
export function ratioBy(
  level: Level,
  indicator: string,
  total: number,
  percents: PerMonth<number>,
  hasTotalRow = false,
): Series {
  return { kind: 'ratio', indicator, total, percents, level, hasTotalRow };
}

/** A number of communes of all kinds, each reported for itself. */
export function communes(indicator: string, reached: PerMonth<number>): Series {
  return { kind: 'communes', indicator, reached, level: 'commune', hasWards: true };
}

/** A number of communes and townships, wards left out, reported by district. */
export function ruralCommunes(indicator: string, reached: PerMonth<number>): Series {
  return { kind: 'communes', indicator, reached, level: 'district', hasWards: false };
}

/** A percentage without its counts, or a growth rate. */
export function percentages(indicator: string, values: PerMonth<string>, repeats = false): Series {
  return { kind: 'value', indicator, values, isPercentage: true, repeats };
}

/** A plain count. */
export function counts(indicator: string, values: PerMonth<string>): Series {
  return { kind: 'value', indicator, values, isPercentage: false, repeats: false };
}

/** A milestone: percent complete by month and, where it is reached, the day of completion. */
export function milestone(indicator: string, percents: PerMonth<number>, completedOn?: Day): Series {
  return { kind: 'milestone', indicator, percents, ...(completedOn !== undefined && { completedOn }) };
}
