import {
  type Bilingual,
  type Catalogue,
  findIndicator,
  type IndicatorKind,
} from '../../shared/domain/catalogue.ts';

/** What an indicator is called and what it measures; `undefined` for one the catalogue has not. */
export interface IndicatorNames {
  titleOf(indicator: string): Bilingual | undefined;
  kindOf(indicator: string): IndicatorKind | undefined;
}

/** Names and kinds of the indicators of a catalogue. */
export function indicatorNames(catalogue: Catalogue): IndicatorNames {
  return {
    titleOf: (id) => findIndicator(catalogue, id)?.indicator.title,
    kindOf: (id) => findIndicator(catalogue, id)?.indicator.kind,
  };
}
