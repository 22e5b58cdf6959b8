import { useRef } from 'preact/hooks';
import { targetText, unitSign } from '../../shared/domain/target.ts';
import { dayText, numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import { ChartTable } from './chart-table.tsx';
import { type FigureLayout, type FigureSeries, layOutFigures, type ValuePlace } from './figure-geometry.ts';
import { useWidth } from './use-width.ts';

interface Props extends FigureSeries {
  /** What is measured, for whom: the name of the picture. */
  label: string;
}

const height = 300;

/** The figures of one indicator over the days they speak for, against the target and the due date. */
export function FigureChart({ label, ...series }: Props) {
  const language = useLanguage();
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 640);
  const layout = layOutFigures(series, width, height, language);
  const { kind, figures, due, projection, today } = series;
  const sign = unitSign(kind);
  // The API gives every value two decimals; things that are counted have none.
  const shown = (value: string) => (kind === 'count' ? value.replace(/\.0+$/, '') : value);
  const valueText = (value: string) => `${numberText(shown(value), language)}${sign}`;
  const last = figures.at(-1);

  const words = {
    target: text({ vi: 'Mục tiêu', en: 'Target' }),
    due: text({ vi: 'Hạn', en: 'Due' }),
    today: text({ vi: 'Hiện tại', en: 'Now' }),
    projection: text({ vi: 'Dự báo', en: 'Projection' }),
    none: text({ vi: 'Chưa có số liệu', en: 'Nothing reported yet' }),
  };
  const target = `${words.target} ${localTarget(targetText(series), language)}`;
  const spoken = [
    label,
    last ? `${dayText(last.day)}: ${valueText(last.value)}` : words.none,
    target,
    ...(due === null ? [] : [`${words.due} ${dayText(due)}`]),
    ...(projection === null ? [] : [`${words.projection} ${valueText(projection)}`]),
  ].join('. ');

  return (
    <figure class="figure-chart">
      <div ref={frame}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={spoken}>
          <Axes layout={layout} sign={sign} />
          <TargetLine layout={layout} isApproximate={series.target.op === 'about'} name={target} />
          {layout.due !== null && due !== null && (
            <Moment layout={layout} x={layout.due} row={0} kind="due" name={`${words.due} ${dayText(due)}`} />
          )}
          <Moment
            layout={layout}
            x={layout.today}
            row={1}
            kind="today"
            name={`${words.today} ${dayText(today)}`}
          />
          <path class="figure-chart-line" d={layout.line} />
          {layout.projection && projection !== null && (
            <g class="figure-chart-projection">
              <path d={layout.projection.path} />
              <circle cx={layout.projection.end.x} cy={layout.projection.end.y} r="4" />
              <Value place={layout.values.projection} text={valueText(projection)} />
            </g>
          )}
          {layout.points.map(({ x, y, figure }) => (
            <circle key={figure.day} class="figure-chart-point" cx={x} cy={y} r="4.5">
              <title>{`${dayText(figure.day)}: ${valueText(figure.value)}`}</title>
            </circle>
          ))}
          {last && <Value place={layout.values.last} text={valueText(last.value)} isStrong />}
          {figures.length === 0 && (
            <text class="figure-chart-none" x={(layout.plot.left + layout.plot.right) / 2} y={height / 2}>
              {words.none}
            </text>
          )}
        </svg>
      </div>
      {figures.length > 0 && (
        <ChartTable
          caption={label}
          headings={[text({ vi: 'Số liệu đến ngày', en: 'As at' }), text({ vi: 'Giá trị', en: 'Value' })]}
          rows={figures.map(({ day, value }) => [dayText(day), valueText(value)])}
        />
      )}
    </figure>
  );
}

function Axes({ layout: { plot, dayTicks, valueTicks }, sign }: { layout: FigureLayout; sign: string }) {
  const language = useLanguage();
  return (
    <g class="figure-chart-axes">
      {valueTicks.map(({ y, value }) => (
        <g key={value}>
          <line x1={plot.left} x2={plot.right} y1={y} y2={y} />
          <text x={plot.left - 8} y={y + 4} text-anchor="end">
            {numberText(value, language)}
            {sign}
          </text>
        </g>
      ))}
      {dayTicks.map(({ x, label }) => (
        <g key={label}>
          <line x1={x} x2={x} y1={plot.bottom} y2={plot.bottom + 5} />
          <text x={x} y={plot.bottom + 20} text-anchor="middle">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

function TargetLine({
  layout: { plot, target },
  isApproximate,
  name,
}: {
  layout: FigureLayout;
  isApproximate: boolean;
  name: string;
}) {
  const topY = target.highY ?? target.y;
  const isAtTop = topY - plot.top < 16;
  return (
    <g class={isApproximate ? 'figure-chart-target is-approximate' : 'figure-chart-target'}>
      {target.highY !== null && (
        <rect
          x={plot.left}
          y={target.highY}
          width={plot.right - plot.left}
          height={target.y - target.highY}
        />
      )}
      <line x1={plot.left} x2={plot.right} y1={target.y} y2={target.y} />
      <text x={plot.left + 6} y={isAtTop ? target.y + 17 : topY - 6}>
        {name}
      </text>
    </g>
  );
}

/** A day as a line from top to bottom, named above the plot in one of two rows. */
function Moment({
  layout: { plot },
  x,
  row,
  kind,
  name,
}: {
  layout: FigureLayout;
  x: number;
  row: 0 | 1;
  kind: 'due' | 'today';
  name: string;
}) {
  const isRight = x > (plot.left + plot.right) / 2;
  const y = 14 + row * 18;
  return (
    <g class={`figure-chart-moment is-${kind}`}>
      <line x1={x} x2={x} y1={y - 10} y2={plot.bottom} />
      <text x={isRight ? x - 6 : x + 6} y={y} text-anchor={isRight ? 'end' : 'start'}>
        {name}
      </text>
    </g>
  );
}

function Value({
  place,
  text,
  isStrong = false,
}: {
  place: ValuePlace | null;
  text: string;
  isStrong?: boolean;
}) {
  if (!place) return null;
  return (
    <text
      class={isStrong ? 'figure-chart-value is-strong' : 'figure-chart-value'}
      x={place.x}
      y={place.y}
      text-anchor={place.anchor}
    >
      {text}
    </text>
  );
}

/** `≥ 10000` as people write it: `≥ 10.000`. */
function localTarget(target: string, language: 'vi' | 'en'): string {
  return target.replace(/\d+(?:\.\d+)?/g, (number) => numberText(number, language));
}
