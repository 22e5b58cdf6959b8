import type { ComponentChildren } from 'preact';
import type { Difference, DifferenceCounts } from '../../shared/domain/difference.ts';
import type { Figure } from '../../shared/domain/observation.ts';
import { useCatalogue } from '../catalogue.tsx';
import { numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Sign } from '../parts/sign.tsx';
import { figureText, periodText } from './figure-text.ts';
import { indicatorNames } from './indicator-names.ts';

/** The most figures of one kind that are listed; all are counted. */
const maxListed = 100;

/** What sending a file would change in what is published: how much, then what is new, other, and no longer named. */
export function DifferenceView({ difference, counts }: { difference: Difference; counts: DifferenceCounts }) {
  const language = useLanguage();
  const text = useText();
  const tiles = [
    ['added', '+', text({ vi: 'mới', en: 'new' })],
    ['changed', '~', text({ vi: 'thay đổi', en: 'changed' })],
    ['unchanged', '=', text({ vi: 'giữ nguyên', en: 'unchanged' })],
    ['missing', '−', text({ vi: 'tệp không nhắc đến', en: 'not in this file' })],
  ] as const;
  return (
    <div class="stack-tight">
      <ul class="tiles">
        {tiles.map(([kind, symbol, name]) => (
          <li key={kind} class="card tile">
            <span class="tile-number">{numberText(counts[kind], language)}</span>
            <span>
              <span aria-hidden="true">{symbol} </span>
              {name}
            </span>
          </li>
        ))}
      </ul>
      {counts.changed > 0 && <Changed difference={difference} count={counts.changed} />}
      <Figures
        title={text({ vi: 'Số liệu mới', en: 'New figures' })}
        figures={difference.added}
        count={counts.added}
      />
      <Figures
        title={text({
          vi: 'Đã công bố cho các kỳ này nhưng tệp không nhắc đến (vẫn giữ nguyên)',
          en: 'Published for these periods but not in this file (they stay as they are)',
        })}
        figures={difference.missing}
        count={counts.missing}
      />
    </div>
  );
}

function Changed({ difference: { changed }, count }: { difference: Difference; count: number }) {
  const language = useLanguage();
  const text = useText();
  const names = indicatorNames(useCatalogue());
  const title = text({ vi: 'Số liệu thay đổi', en: 'Changed figures' });
  const rows = changed.slice(0, maxListed);
  return (
    <Scroll label={title}>
      <table class="table">
        <caption>{title}</caption>
        <FigureHead>
          <th scope="col">{text({ vi: 'Đang công bố', en: 'Published now' })}</th>
          <th scope="col">{text({ vi: 'Theo tệp này', en: 'By this file' })}</th>
        </FigureHead>
        <tbody>
          {rows.map(({ before, after }) => (
            <tr key={`${after.indicator} ${after.period}`}>
              <FigureCells figure={after} />
              <td>{figureText(before, names.kindOf(before.indicator), language)}</td>
              <td>
                <Sign name="right" />{' '}
                <strong>{figureText(after, names.kindOf(after.indicator), language)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More count={count - rows.length} />
    </Scroll>
  );
}

function Figures({ title, figures, count }: { title: string; figures: readonly Figure[]; count: number }) {
  const language = useLanguage();
  const text = useText();
  const names = indicatorNames(useCatalogue());
  if (count === 0) return null;
  const rows = figures.slice(0, maxListed);
  return (
    <details>
      <summary>
        {title} ({numberText(count, language)})
      </summary>
      <Scroll label={title}>
        <table class="table">
          <FigureHead>
            <th scope="col">{text({ vi: 'Giá trị', en: 'Value' })}</th>
          </FigureHead>
          <tbody>
            {rows.map((figure) => (
              <tr key={`${figure.indicator} ${figure.period} ${figure.asAt}`}>
                <FigureCells figure={figure} />
                <td>{figureText(figure, names.kindOf(figure.indicator), language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <More count={count - rows.length} />
      </Scroll>
    </details>
  );
}

function FigureHead({ children }: { children: ComponentChildren }) {
  const text = useText();
  return (
    <thead>
      <tr>
        <th scope="col">{text({ vi: 'Chỉ tiêu', en: 'Indicator' })}</th>
        <th scope="col">{text({ vi: 'Kỳ', en: 'Period' })}</th>
        {children}
      </tr>
    </thead>
  );
}

function FigureCells({ figure: { indicator, period } }: { figure: Figure }) {
  const language = useLanguage();
  const text = useText();
  const title = indicatorNames(useCatalogue()).titleOf(indicator);
  return (
    <>
      <th scope="row">
        {indicator} {title && <span class="soft small">{text(title)}</span>}
      </th>
      <td>{periodText(period, language)}</td>
    </>
  );
}

function More({ count }: { count: number }) {
  const language = useLanguage();
  const text = useText();
  if (count <= 0) return null;
  const shown = numberText(count, language);
  return <p class="soft table-more">{text({ vi: `và ${shown} số liệu nữa`, en: `and ${shown} more` })}</p>;
}
