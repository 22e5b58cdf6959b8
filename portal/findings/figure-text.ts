import type { IndicatorKind } from '../../shared/domain/catalogue.ts';
import { displayValue } from '../../shared/domain/figure.ts';
import type { Figure } from '../../shared/domain/observation.ts';
import { unitSign } from '../../shared/domain/target.ts';
import { dayText, numberText } from '../format.ts';
import type { Language } from '../language.ts';

/**
 * A figure as people read it: `98,70 % (987/1.000; 9 địa bàn)`. A value is written as it was reported: rounded ones may
 * be equal where figures differ.
 */
export function figureText(
  figure: Omit<Figure, 'indicator' | 'period' | 'asAt'>,
  kind: IndicatorKind | undefined,
  language: Language,
): string {
  const { numerator, denominator, areas, completedOn, value } = figure;
  const areaWord = language === 'vi' ? 'địa bàn' : areas === 1 ? 'area' : 'areas';
  const parts = [
    ...(numerator === undefined || denominator === undefined
      ? []
      : [`${numberText(numerator, language)}/${numberText(denominator, language)}`]),
    ...(completedOn === undefined ? [] : [dayText(completedOn)]),
    ...(areas === 0 ? [] : [`${numberText(areas, language)} ${areaWord}`]),
  ];
  const shown = numberText(value ?? displayValue(figure), language) + (kind ? unitSign(kind) : '');
  return parts.length === 0 ? shown : `${shown} (${parts.join('; ')})`;
}

/** A period as people write it: `06/2022`, `Quý II/2022`, `2022`, `15/06/2022`. */
export function periodText(period: string, language: Language): string {
  const [, year = '', quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? [];
  if (quarter !== undefined) {
    return language === 'vi'
      ? `Quý ${['I', 'II', 'III', 'IV'][Number(quarter) - 1]}/${year}`
      : `Q${quarter}/${year}`;
  }
  return period.split('-').reverse().join('/');
}
