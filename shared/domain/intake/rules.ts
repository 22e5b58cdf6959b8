import { type Day, dayOf } from '../calendar.ts';
import { type Areas, type AssignedIndicator, findUnit, indicatorsOf, type Unit } from '../catalogue.ts';
import { isNameOf, nearest } from '../unit-names.ts';
import type { NumberStyle } from './number-style.ts';
import type { CheckContext } from './source-file.ts';

/** What the rules for rows look things up in, prepared once for a file. */
export interface Rules {
  unit: Unit;
  areas: Areas;
  style: NumberStyle;
  receivedOn: Day;
  /** The earliest year a period may lie in. */
  firstYear: number;
  /** The unit's own indicators by id, in the order of the text. */
  assigned: ReadonlyMap<string, AssignedIndicator>;
  /** Every indicator id of the directive. */
  known: ReadonlySet<string>;
  /** The indicator id a misspelt one comes nearest to. */
  suggestIndicator(text: string): string | undefined;
  isOwnName(text: string): boolean;
}

/** Prepares the rules for one file. Throws a `RangeError` when the catalogue has no such unit. */
export function prepareRules(context: CheckContext, style: NumberStyle): Rules {
  const { catalogue, areas, unitId, receivedAt } = context;
  const unit = findUnit(catalogue, unitId);
  if (!unit) throw new RangeError(`no unit ${unitId} in the catalogue`);
  const assigned = new Map(indicatorsOf(catalogue, unitId).map((one) => [one.indicator.id, one]));
  const known = new Set(catalogue.tasks.flatMap(({ indicators }) => indicators.map(({ id }) => id)));
  return {
    unit,
    areas,
    style,
    receivedOn: dayOf(receivedAt),
    firstYear: catalogue.directive.firstYear,
    assigned,
    known,
    suggestIndicator: remember((text) => suggestIndicator(text, [...assigned.keys()])),
    isOwnName: remember((text) => isNameOf(unit, text)),
  };
}

/**
 * The one own indicator a text comes near: the same but for case, spaces and punctuation, the only one of a
 * task, or one letter away.
 */
function suggestIndicator(text: string, ids: readonly string[]): string | undefined {
  if (text.length > 20) return undefined;
  const fold = (id: string) =>
    id
      .toLowerCase()
      .replaceAll('đ', 'dd')
      .replace(/[^a-z0-9]/g, '');
  const folded = fold(text);
  if (folded === '') return undefined;
  const same = ids.filter((id) => fold(id) === folded || fold(id.replace(/\.\d+$/, '')) === folded);
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  return nearest(folded, ids, (id) => [fold(id)], 1);
}

/** Keeps the answers of a slow question, for as many different texts, and as short, as honest files have. */
function remember<T>(ask: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = ask(text);
    if (answers.size < 1000 && text.length <= 200) answers.set(text, answer);
    return answer;
  };
}
