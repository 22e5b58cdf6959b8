import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { stateNames } from '../../../shared/domain/assessment.ts';
import { indicatorLink, unitLink } from '../../../shared/domain/portal-links.ts';
import { countStates, type StateCounts } from '../../../shared/domain/scoreboard.ts';
import { useQueryChoice } from '../../address-query.ts';
import { useAsOf, withAsOf } from '../../as-of.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { ProvinceMap, type ProvinceState } from '../../charts/province-map.tsx';
import { presentStates, worstState } from '../../charts/state-order.ts';
import { dayText, numberText } from '../../format.ts';
import { type Language, useLanguage, useText } from '../../language.ts';
import { Field } from '../../parts/field.tsx';
import { nameOfUnit, useUnitName } from '../../unit-name.ts';
import {
  type Board,
  type BoardObligation,
  choiceGroups,
  chosenObligations,
  type UnitStanding,
} from './board.ts';

/** The map of the provinces, coloured by all they owe or by one task; a press opens the page of the province. */
export function BoardMap({ board, standings }: { board: Board; standings: readonly UnitStanding[] }) {
  const text = useText();
  const language = useLanguage();
  const catalogue = useCatalogue();
  const nameOf = useUnitName();
  const { route } = useLocation();
  const { asOf } = useAsOf();
  const [choice, choose] = useQueryChoice('task');
  const groups = useMemo(() => choiceGroups(catalogue), [catalogue]);
  const states = useMemo(() => {
    if (choice === '') return overallStates(standings, language);
    return chosenStates(chosenObligations(catalogue, board, choice), nameOf, language);
  }, [choice, board, standings, catalogue, language]);
  const indicators = new Set(catalogue.tasks.flatMap((task) => task.indicators.map(({ id }) => id)));
  const hrefOf = (unit: string) =>
    indicators.has(choice) && states.has(unit) ? indicatorLink('', unit, choice) : unitLink('', unit);
  return (
    <section class="card stack-tight" aria-labelledby="map">
      <h2 id="map">{text({ vi: 'Bản đồ', en: 'Map' })}</h2>
      <Field label={text({ vi: 'Tô màu theo', en: 'Coloured by' })}>
        {(attributes) => (
          <select
            {...attributes}
            value={choice}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            <option value="">
              {text({ vi: 'Tất cả chỉ tiêu của tỉnh', en: 'All that a province owes' })}
            </option>
            {groups.map(({ owner, choices }) => (
              <optgroup key={owner} label={owner === '*' ? text(everybody) : nameOf(owner)}>
                {choices.map(({ id, title }) => (
                  <option key={id} value={id}>{`${id} · ${text(title)}`}</option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <p class="soft small">{text(choice === '' ? overallRule : chosenRule)}</p>
      <ProvinceMap
        states={states}
        legend={text({ vi: '63 tỉnh, thành phố theo tình trạng', en: '63 provinces by state' })}
        onSelect={(unit) => route(withAsOf(hrefOf(unit), asOf))}
      />
    </section>
  );
}

const everybody = { vi: 'Mọi đơn vị', en: 'Every unit' };
const overallRule = {
  vi: 'Màu của tỉnh là tình trạng xấu nhất trong các chỉ tiêu của tỉnh: quá hạn, rồi có nguy cơ trễ hạn, chờ số liệu, không có thời hạn, đúng tiến độ, đạt muộn, đạt. Số chỉ tiêu của mỗi tình trạng hiện khi chọn tỉnh.',
  en: 'A province has the colour of the worst state among its indicators: overdue, then at risk, awaited, unscheduled, on track, met late, met. How many there are of each shows when a province is pointed at.',
};
const chosenRule = {
  vi: 'Màu là tình trạng của nhiệm vụ đã chọn, xấu nhất nếu có nhiều kỳ. Tỉnh không có nhiệm vụ này để trống.',
  en: 'The colour is the state of the chosen task, the worst where it recurs. Provinces that do not owe it are blank.',
};

function overallStates(standings: readonly UnitStanding[], language: Language): Map<string, ProvinceState> {
  const states = new Map<string, ProvinceState>();
  for (const { unit, worst, counts } of standings) {
    if (unit.kind !== 'province' || !worst) continue;
    states.set(unit.id, {
      state: worst,
      label: nameOfUnit(unit, language),
      detail: countsText(counts, language),
    });
  }
  return states;
}

function chosenStates(
  byUnit: ReadonlyMap<string, readonly BoardObligation[]>,
  nameOf: (id: string) => string,
  language: Language,
): Map<string, ProvinceState> {
  const states = new Map<string, ProvinceState>();
  for (const [unit, obligations] of byUnit) {
    const counts = countStates(obligations);
    const state = worstState(counts);
    const [only, ...others] = obligations;
    if (!state || !only) continue;
    const detail = others.length > 0 ? countsText(counts, language) : obligationText(only, language);
    states.set(unit, { state, label: nameOf(unit), detail });
  }
  return states;
}

/** `12 quá hạn, 3 đạt`, the worst first. */
function countsText(counts: StateCounts, language: Language): string {
  return presentStates(counts)
    .toReversed()
    .map(({ state, count }) => `${count} ${stateNames[state][language]}`)
    .join(', ');
}

function obligationText({ value, due }: BoardObligation, language: Language): string {
  const words = { vi: { none: 'chưa có số liệu', due: 'hạn' }, en: { none: 'nothing reported', due: 'due' } }[
    language
  ];
  const figure = value === null ? words.none : numberText(value, language);
  return due === null ? figure : `${figure}, ${words.due} ${dayText(due)}`;
}
