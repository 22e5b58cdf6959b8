import { findUnit, type Unit } from '../shared/domain/catalogue.ts';
import { useCatalogue } from './catalogue.tsx';
import { type Language, useLanguage } from './language.ts';

/** The name of a unit in the language of the page. */
export function nameOfUnit({ name, nameEn }: Pick<Unit, 'name' | 'nameEn'>, language: Language): string {
  return language === 'vi' ? name : nameEn;
}

/** Names units by their id; a body the directive names in words, or one that is not known, stays as it is. */
export function useUnitName(): (id: string) => string {
  const catalogue = useCatalogue();
  const language = useLanguage();
  return (id) => {
    const unit = findUnit(catalogue, id);
    return unit ? nameOfUnit(unit, language) : id;
  };
}
