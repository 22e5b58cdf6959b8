import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { stateNames } from '../../../shared/domain/assessment.ts';
import type { Bilingual } from '../../../shared/domain/catalogue.ts';
import { indicatorLink, unitLink } from '../../../shared/domain/portal-links.ts';
import { countStates, type StateCounts } from '../../../shared/domain/scoreboard.ts';
import { useQueryChoice } from '../../address-query.ts';
import { useAsOf, withAsOf } from '../../as-of.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { ProvinceMap, type ProvinceState } from '../../charts/province-map.tsx';
import { presentStates, worstState } from '../../charts/state-order.ts';
import { dayText, numberText } from '../../format.ts';
import { type Language, useLanguage, useText } from '../../language.ts';
import { ChoiceField } from '../../parts/choice-field.tsx';
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
    if (choice === '' || choice === 'worst')
      return overallStates(standings, choice === '' ? 'commonest' : 'worst', language);
    return chosenStates(chosenObligations(catalogue, board, choice), nameOf, language);
  }, [choice, board, standings, catalogue, language]);
  const indicators = new Set(catalogue.tasks.flatMap((task) => task.indicators.map(({ id }) => id)));
  const hrefOf = (unit: string) =>
    indicators.has(choice) && states.has(unit) ? indicatorLink('', unit, choice) : unitLink('', unit);
  return (
    <section class="card stack-tight" aria-labelledby="map">
      <h2 id="map">{text({ vi: 'Bản đồ', en: 'Map' })}</h2>
      <ChoiceField label={text({ vi: 'Tô màu theo', en: 'Coloured by' })} value={choice} choose={choose}>
        <option value="">{text(overall.commonest.name)}</option>
        <option value="worst">{text(overall.worst.name)}</option>
        {groups.map(({ owner, choices }) => (
          <optgroup key={owner} label={owner === '*' ? text(everybody) : nameOf(owner)}>
            {choices.map(({ id, title }) => (
              <option key={id} value={id}>{`${id} · ${text(title)}`}</option>
            ))}
          </optgroup>
        ))}
      </ChoiceField>
      <p class="soft small">{text(ruleOf(choice))}</p>
      <ProvinceMap
        states={states}
        legend={text({ vi: '63 tỉnh, thành phố theo tình trạng', en: '63 provinces by state' })}
        onSelect={(unit) => route(withAsOf(hrefOf(unit), asOf))}
      />
    </section>
  );
}

const everybody = { vi: 'Mọi đơn vị', en: 'Every unit' };
const overall = {
  commonest: {
    name: { vi: 'Tổng hợp: tình trạng chiếm nhiều nhất', en: 'Overall: the most common state' },
    rule: {
      vi: 'Màu của tỉnh là tình trạng của nhiều chỉ tiêu nhất trong tỉnh; nếu bằng nhau thì lấy tình trạng xấu hơn. Số chỉ tiêu của từng tình trạng hiện khi trỏ vào tỉnh, và ở bảng các đơn vị.',
      en: 'A province has the colour of the state most of its indicators are in; of equals, the worse. The numbers show when a province is pointed at, and in the table of units.',
    },
  },
  worst: {
    name: { vi: 'Tổng hợp: tình trạng xấu nhất', en: 'Overall: the worst state' },
    rule: {
      vi: 'Màu của tỉnh là tình trạng xấu nhất trong các chỉ tiêu của tỉnh: quá hạn, rồi có nguy cơ trễ hạn, chờ số liệu, không có thời hạn, đúng tiến độ, đạt muộn, đạt.',
      en: 'A province has the colour of the worst state among its indicators: overdue, then at risk, awaited, unscheduled, on track, met late, met.',
    },
  },
};
const chosenRule = {
  vi: 'Màu là tình trạng của nhiệm vụ đã chọn, xấu nhất nếu có nhiều kỳ. Tỉnh không có nhiệm vụ này để trống.',
  en: 'The colour is the state of the chosen task, the worst where it recurs. Provinces that do not owe it are blank.',
};

function ruleOf(choice: string): Bilingual {
  if (choice === '') return overall.commonest.rule;
  return choice === 'worst' ? overall.worst.rule : chosenRule;
}

function overallStates(
  standings: readonly UnitStanding[],
  by: 'commonest' | 'worst',
  language: Language,
): Map<string, ProvinceState> {
  const states = new Map<string, ProvinceState>();
  for (const { unit, [by]: state, counts } of standings) {
    if (unit.kind !== 'province' || !state) continue;
    states.set(unit.id, {
      state,
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
