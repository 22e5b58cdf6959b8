import type { Unit } from '../../shared/domain/catalogue.ts';
import { useCatalogue } from '../catalogue.tsx';
import { useLanguage, useText } from '../language.ts';
import { nameOfUnit } from '../unit-name.ts';

/** The units of the catalogue as options of a `<select>`, by name. */
export function UnitOptions() {
  const text = useText();
  const language = useLanguage();
  const { units } = useCatalogue();
  const optionsOf = (kind: Unit['kind']) =>
    units
      .filter((unit) => unit.kind === kind)
      .map((unit) => ({ id: unit.id, name: nameOfUnit(unit, language) }))
      .toSorted((one, other) => one.name.localeCompare(other.name, language))
      .map(({ id, name }) => (
        <option key={id} value={id}>
          {name} ({id})
        </option>
      ));
  return (
    <>
      <optgroup label={text({ vi: 'Tỉnh, thành phố', en: 'Provinces' })}>{optionsOf('province')}</optgroup>
      <optgroup label={text({ vi: 'Bộ, ngành', en: 'Agencies' })}>{optionsOf('agency')}</optgroup>
    </>
  );
}
