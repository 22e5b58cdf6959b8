import { type Day, daysBetween } from '../../../shared/domain/calendar.ts';
import { findIndicator } from '../../../shared/domain/catalogue.ts';
import { indicatorLink } from '../../../shared/domain/portal-links.ts';
import { countStates } from '../../../shared/domain/scoreboard.ts';
import { unitSign } from '../../../shared/domain/target.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { StateBar } from '../../charts/state-bar.tsx';
import { StateMark } from '../../charts/state-mark.tsx';
import { dayText, numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { targetWords } from '../../target-words.ts';
import { useUnitName } from '../../unit-name.ts';
import type { DatedObligation, DueIndicator, DueOnDay } from './deadlines.ts';

/** What is due on one day: indicators that many owe, each to be opened, and what units owe alone. */
export function DueList({ day, today, due: { shared, own } }: { day: Day; today: Day; due: DueOnDay }) {
  const text = useText();
  const ownName = text({ vi: 'Nhiệm vụ riêng của từng đơn vị', en: 'What units owe alone' });
  return (
    <section class="stack-tight" aria-labelledby="due" aria-live="polite">
      <h2 id="due">
        {text({ vi: `Đến hạn ngày ${dayText(day)}`, en: `Due on ${dayText(day)}` })}{' '}
        <span class="soft small">({text(daysText(daysBetween(today, day)))})</span>
      </h2>
      {shared.map((each) => (
        <DueOfMany key={each.indicator} due={each} />
      ))}
      {own.length > 0 && (
        <>
          {shared.length > 0 && <h3>{ownName}</h3>}
          <DueTable label={ownName} obligations={own} isOfMany={false} />
        </>
      )}
    </section>
  );
}

function DueOfMany({ due: { indicator, obligations } }: { due: DueIndicator }) {
  const text = useText();
  const language = useLanguage();
  const found = findIndicator(useCatalogue(), indicator);
  if (!found) return null;
  const name = `${indicator} · ${text(found.indicator.title)}`;
  return (
    <details class="card due-one">
      <summary>
        <span class="due-title">{name}</span>
        <span class="soft small">
          {text({ vi: 'Mục tiêu', en: 'Target' })} {targetWords(found.indicator, language)} ·{' '}
          {obligations.length} {text({ vi: 'đơn vị', en: 'units' })}
        </span>
        <StateBar counts={countStates(obligations)} label={name} isCompact />
      </summary>
      <DueTable label={name} obligations={obligations} isOfMany />
    </details>
  );
}

/** Obligations with who owes them, each with a link; of several indicators each row names its own. */
function DueTable({
  label,
  obligations,
  isOfMany,
}: {
  label: string;
  obligations: readonly DatedObligation[];
  /** Whether all are of one indicator, which many owe. */
  isOfMany: boolean;
}) {
  const text = useText();
  const language = useLanguage();
  const nameOf = useUnitName();
  const catalogue = useCatalogue();
  return (
    <Scroll label={label}>
      <table class="table is-middle">
        <thead>
          <tr>
            <th scope="col">{text({ vi: 'Đơn vị', en: 'Unit' })}</th>
            {!isOfMany && <th scope="col">{text({ vi: 'Chỉ tiêu', en: 'Indicator' })}</th>}
            <th scope="col">{text({ vi: 'Tình trạng', en: 'State' })}</th>
            <th scope="col" class="number">
              {text({ vi: 'Giá trị', en: 'Value' })}
            </th>
          </tr>
        </thead>
        <tbody>
          {obligations.map(({ obligation, unit, indicator: id, state, value }) => {
            const indicator = findIndicator(catalogue, id)?.indicator;
            const sign = indicator ? unitSign(indicator.kind) : '';
            const href = indicatorLink('', unit, id);
            return (
              <tr key={obligation}>
                <th scope="row">{isOfMany ? <Link href={href}>{nameOf(unit)}</Link> : nameOf(unit)}</th>
                {!isOfMany && (
                  <td class="words">
                    <Link href={href}>{`${id} · ${indicator ? text(indicator.title) : ''}`}</Link>
                  </td>
                )}
                <td class="nowrap">
                  <StateMark state={state} />
                </td>
                <td class="number">{value === null ? '–' : numberText(value, language) + sign}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function daysText(days: number) {
  if (days === 0) return { vi: 'hôm nay', en: 'today' };
  if (days > 0) return { vi: `còn ${days} ngày`, en: `${days} ${days === 1 ? 'day' : 'days'} left` };
  return { vi: `đã qua ${-days} ngày`, en: `${-days} ${days === -1 ? 'day' : 'days'} ago` };
}
