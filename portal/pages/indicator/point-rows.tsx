import { useEffect, useState } from 'preact/hooks';
import type { Areas, Indicator } from '../../../shared/domain/catalogue.ts';
import { displayValue } from '../../../shared/domain/figure.ts';
import type { Observation, Point } from '../../../shared/domain/observation.ts';
import { unitSign } from '../../../shared/domain/target.ts';
import { useAsOf } from '../../as-of.ts';
import { dayText, numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useAnswer } from '../../use-answer.ts';
import { periodText } from './points.ts';

/** The rows of the file behind one figure, each with the name of its area. */
export function PointRows({ unit, indicator, point }: { unit: string; indicator: Indicator; point: Point }) {
  const { asOf } = useAsOf();
  const { period, asAt } = point;
  const params = { unit, indicator: indicator.id, period };
  const asked = useAnswer('GET /units/{unit}/points/{indicator}/{period}/rows', {
    params,
    query: { asOf, asAt },
  });
  const areas = useAreas();
  const text = useText();
  const title = text({
    vi: `Các dòng của kỳ ${periodText(period)}, số liệu đến ngày ${dayText(asAt)}`,
    en: `Rows of ${periodText(period)}, as at ${dayText(asAt)}`,
  });
  return (
    <div class="stack-tight point-rows" aria-live="polite">
      <h3>{title}</h3>
      <Answered of={asked}>
        {({ rows }) => (
          <Scroll label={title}>
            <RowTable rows={rows} indicator={indicator} areas={areas} />
          </Scroll>
        )}
      </Answered>
    </div>
  );
}

function RowTable({
  rows,
  indicator,
  areas,
}: {
  rows: readonly Observation[];
  indicator: Indicator;
  areas: Areas | undefined;
}) {
  const text = useText();
  const language = useLanguage();
  const count = (number: number | undefined) => (number === undefined ? '–' : numberText(number, language));
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col" class="number">
            {text({ vi: 'Dòng', en: 'Row' })}
          </th>
          <th scope="col">{text({ vi: 'Địa bàn', en: 'Area' })}</th>
          <th scope="col" class="number">
            {text({ vi: 'Tử số', en: 'Numerator' })}
          </th>
          <th scope="col" class="number">
            {text({ vi: 'Mẫu số', en: 'Denominator' })}
          </th>
          <th scope="col" class="number">
            {text({ vi: 'Giá trị', en: 'Value' })}
          </th>
          <th scope="col">{text({ vi: 'Minh chứng, ghi chú', en: 'Evidence, note' })}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.row}>
            <td class="number">{row.row}</td>
            <th scope="row">
              {row.area === '' ? text({ vi: 'cả đơn vị', en: 'the whole unit' }) : areaText(row.area, areas)}
            </th>
            <td class="number">{count(row.numerator)}</td>
            <td class="number">{count(row.denominator)}</td>
            <td class="number">{numberText(displayValue(row), language) + unitSign(indicator.kind)}</td>
            <td class="words" dir="auto">
              {[row.evidence, row.note].filter(Boolean).join(' · ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `Phường Phú Cường, Thành phố Thủ Dầu Một (25741)`; the code alone until the names are there. */
function areaText(code: string, areas: Areas | undefined): string {
  const district = areas?.districtOf(code);
  const names = [areas?.nameOf(code), district === undefined ? undefined : areas?.nameOf(district)];
  const known = names.filter((name) => name !== undefined);
  return known.length === 0 ? code : `${known.join(', ')} (${code})`;
}

/** The names of districts and communes, which are loaded when the first rows are looked at. */
function useAreas(): Areas | undefined {
  const [areas, setAreas] = useState<Areas>();
  useEffect(() => {
    let isCurrent = true;
    // Rows are readable by their codes where the names cannot be had.
    import('../../../shared/catalogue/load-catalogue.ts').then(
      ({ loadAreas }) => isCurrent && setAreas(loadAreas()),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return areas;
}
