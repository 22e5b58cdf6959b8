import type { Indicator } from '../shared/domain/catalogue.ts';
import { targetText } from '../shared/domain/target.ts';
import { numberText } from './format.ts';
import type { Language } from './language.ts';

/** A target as people of a language write its numbers: `≥ 10000` → `≥ 10.000` in Vietnamese. */
export function targetWords(indicator: Pick<Indicator, 'kind' | 'target'>, language: Language): string {
  return targetText(indicator).replace(/\d+(?:\.\d+)?/g, (number) => numberText(number, language));
}
