import { useState } from 'preact/hooks';
import type { Indicator } from '../../../shared/domain/catalogue.ts';
import { displayValue } from '../../../shared/domain/figure.ts';
import type { Point } from '../../../shared/domain/observation.ts';
import { submissionLink } from '../../../shared/domain/portal-links.ts';
import { unitSign } from '../../../shared/domain/target.ts';
import { dayText, numberText, timeText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Link } from '../../parts/link.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { PointRows } from './point-rows.tsx';
import { keyOfPoint, periodText } from './points.ts';

/** Every figure that counts, the latest first, each with the file it came in and the rows behind it. */
export function PointTable({
  unit,
  indicator,
  points,
}: {
  unit: string;
  indicator: Indicator;
  points: readonly Point[];
}) {
  const text = useText();
  const [opened, open] = useState<string>();
  const chosen = points.find((point) => keyOfPoint(point) === opened);
  const title = text({ vi: 'Các số liệu', en: 'Figures' });
  return (
    <section class="stack-tight" aria-labelledby="points">
      <h2 id="points">{title}</h2>
      {points.length === 0 ? (
        <Empty>
          {text({ vi: 'Chưa có số liệu nào được công bố.', en: 'No figure has been published yet.' })}
        </Empty>
      ) : (
        <Scroll label={text({ vi: 'Bảng các số liệu', en: 'Table of figures' })}>
          <table class="table is-middle">
            <thead>
              <tr>
                <th scope="col">{text({ vi: 'Kỳ', en: 'Period' })}</th>
                <th scope="col">{text({ vi: 'Đến ngày', en: 'As at' })}</th>
                <th scope="col" class="number">
                  {text({ vi: 'Giá trị', en: 'Value' })}
                </th>
                <th scope="col" class="number">
                  {text({ vi: 'Tử số / mẫu số', en: 'Numerator / denominator' })}
                </th>
                <th scope="col">{text({ vi: 'Công bố lúc', en: 'Published at' })}</th>
                <th scope="col">{text({ vi: 'Nguồn', en: 'Source' })}</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <PointRow
                  key={keyOfPoint(point)}
                  unit={unit}
                  indicator={indicator}
                  point={point}
                  isOpen={opened === keyOfPoint(point)}
                  toggle={() => open(opened === keyOfPoint(point) ? undefined : keyOfPoint(point))}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {chosen && <PointRows key={opened} unit={unit} indicator={indicator} point={chosen} />}
    </section>
  );
}

function PointRow({
  unit,
  indicator,
  point,
  isOpen,
  toggle,
}: {
  unit: string;
  indicator: Indicator;
  point: Point;
  isOpen: boolean;
  toggle(): void;
}) {
  const text = useText();
  const language = useLanguage();
  const { period, asAt, numerator, denominator, areas, completedOn, acceptedAt, submissionId } = point;
  const ratio =
    numerator === undefined || denominator === undefined
      ? '–'
      : `${numberText(numerator, language)} / ${numberText(denominator, language)}`;
  return (
    <tr>
      <th scope="row">{periodText(period)}</th>
      <td>{dayText(asAt)}</td>
      <td class="number">
        {numberText(displayValue(point), language) + unitSign(indicator.kind)}
        {completedOn !== undefined && (
          <div class="small soft">
            {text({ vi: `hoàn thành ${dayText(completedOn)}`, en: `completed ${dayText(completedOn)}` })}
          </div>
        )}
      </td>
      <td class="number">{ratio}</td>
      <td class="nowrap">{timeText(acceptedAt)}</td>
      <td>
        <span class="point-source">
          <Link href={submissionLink('', unit, submissionId)}>{text({ vi: 'Tệp', en: 'File' })}</Link>
          <button type="button" class="button quiet" aria-expanded={isOpen} onClick={toggle}>
            {areas > 0
              ? text({ vi: `${areas} địa bàn`, en: `${areas} ${areas === 1 ? 'area' : 'areas'}` })
              : text({ vi: 'Dòng', en: 'Rows' })}
          </button>
        </span>
      </td>
    </tr>
  );
}
