import { findIndicator, findUnit } from '../../../shared/domain/catalogue.ts';
import type { Parameter } from '../../../shared/domain/named-query.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { useText } from '../../language.ts';
import { DayInput } from '../../parts/day-input.tsx';
import { Field } from '../../parts/field.tsx';
import { UnitOptions } from '../../parts/unit-options.tsx';

interface Props {
  parameter: Parameter;
  /** What is given, or the default. */
  value: string;
  /** Told of each new value; an empty one is the default. */
  choose(value: string): void;
}

/** The field of one parameter: a day to be typed, a unit or an indicator to be chosen. */
export function ParameterField({ parameter, value, choose }: Props) {
  const text = useText();
  const label = text(labels[parameter.kind]);
  return (
    <Field label={label} {...(parameter.kind === 'day' && { hint: text(parameter.title) })}>
      {(attributes) =>
        parameter.kind === 'day' ? (
          <DayInput {...attributes} value={value === parameter.default ? '' : value} choose={choose} />
        ) : (
          <select {...attributes} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <Options kind={parameter.kind} value={value} />
          </select>
        )
      }
    </Field>
  );
}

const labels = {
  day: { vi: 'Ngày', en: 'Day' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  indicator: { vi: 'Chỉ tiêu', en: 'Indicator' },
} as const;

function Options({ kind, value }: { kind: 'unit' | 'indicator'; value: string }) {
  const text = useText();
  const catalogue = useCatalogue();
  const all = {
    unit: { vi: 'Mọi đơn vị', en: 'All units' },
    indicator: { vi: 'Mọi chỉ tiêu', en: 'All indicators' },
  };
  const isKnown = kind === 'unit' ? findUnit(catalogue, value) : findIndicator(catalogue, value);
  return (
    <>
      <option value="*">{text(all[kind])}</option>
      {/* An address may name what the catalogue does not have: it is shown, not silently something else. */}
      {value !== '*' && !isKnown && <option value={value}>{value}</option>}
      {kind === 'unit' ? <UnitOptions /> : <IndicatorOptions />}
    </>
  );
}

function IndicatorOptions() {
  const text = useText();
  const { tasks } = useCatalogue();
  return tasks.flatMap(({ indicators }) =>
    indicators.map(({ id, title }) => (
      <option key={id} value={id}>
        {id} · {text(title)}
      </option>
    )),
  );
}
