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
import type { DueIndicator } from './deadlines.ts';

/** What is due on one day: each indicator, and below it the units that owe it, to be opened. */
export function DueList({ day, today, due }: { day: Day; today: Day; due: readonly DueIndicator[] }) {
  const text = useText();
  return (
    <section class="stack-tight" aria-labelledby="due" aria-live="polite">
      <h2 id="due">
        {text({ vi: `Đến hạn ngày ${dayText(day)}`, en: `Due on ${dayText(day)}` })}{' '}
        <span class="soft small">({text(daysText(daysBetween(today, day)))})</span>
      </h2>
      {due.map((each) => (
        <DueOne key={each.indicator} due={each} isOpen={due.length === 1} />
      ))}
    </section>
  );
}

function DueOne({ due: { indicator, obligations }, isOpen }: { due: DueIndicator; isOpen: boolean }) {
  const text = useText();
  const language = useLanguage();
  const nameOf = useUnitName();
  const found = findIndicator(useCatalogue(), indicator);
  if (!found) return null;
  const { kind, title } = found.indicator;
  const name = `${indicator} · ${text(title)}`;
  return (
    <details class="card due-one" open={isOpen}>
      <summary>
        <span class="due-title">{name}</span>
        <span class="soft small">
          {text({ vi: 'Mục tiêu', en: 'Target' })} {targetWords(found.indicator, language)} ·{' '}
          {obligations.length} {text({ vi: 'đơn vị', en: obligations.length === 1 ? 'unit' : 'units' })}
        </span>
        <StateBar counts={countStates(obligations)} label={name} isCompact />
      </summary>
      <Scroll label={name}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{text({ vi: 'Đơn vị', en: 'Unit' })}</th>
              <th scope="col">{text({ vi: 'Tình trạng', en: 'State' })}</th>
              <th scope="col" class="number">
                {text({ vi: 'Giá trị', en: 'Value' })}
              </th>
            </tr>
          </thead>
          <tbody>
            {obligations.map(({ obligation, unit, state, value }) => (
              <tr key={obligation}>
                <th scope="row">
                  <Link href={indicatorLink('', unit, indicator)}>{nameOf(unit)}</Link>
                </th>
                <td>
                  <StateMark state={state} />
                </td>
                <td class="number">{value === null ? '–' : numberText(value, language) + unitSign(kind)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function daysText(days: number) {
  if (days === 0) return { vi: 'hôm nay', en: 'today' };
  if (days > 0) return { vi: `còn ${days} ngày`, en: `${days} ${days === 1 ? 'day' : 'days'} left` };
  return { vi: `đã qua ${-days} ngày`, en: `${-days} ${days === -1 ? 'day' : 'days'} ago` };
}
