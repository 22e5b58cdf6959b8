import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { stateNames } from '../../shared/domain/assessment.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { dayText, numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import { ChartTable } from './chart-table.tsx';
import { StateLegend } from './state-legend.tsx';
import { stateOrder } from './state-order.ts';
import { patternFill, StatePatterns } from './state-patterns.tsx';
import {
  type Deadline,
  daysAhead,
  layOutTimeline,
  type TimelineBar,
  type TimelineLayout,
} from './timeline-geometry.ts';
import { useWidth } from './use-width.ts';

interface Props {
  /** Each due date once, with what falls due on it by state. */
  deadlines: readonly Deadline[];
  today: Day;
  /** What is counted: the name of the picture. */
  label: string;
  selected?: Day;
  onSelect?: (day: Day) => void;
}

const height = 260;
const plot = { top: 56, bottom: height - 40 };
const barWidth = 28;

/** Due dates over time, each a stack of its obligations by state; today, and the days ahead, are marked. */
export function DeadlineTimeline({ deadlines, today, label, selected, onSelect }: Props) {
  const text = useText();
  const prefix = useId();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 640);
  const layout = layOutTimeline(deadlines, today, width, plot);
  const states = stateOrder.filter((state) => deadlines.some(({ counts }) => (counts[state] ?? 0) > 0));

  // Past months go out of sight first.
  useEffect(() => {
    if (frame.current) frame.current.scrollLeft = layout.today - width / 2;
  }, [layout.today, width]);

  return (
    <figure class="deadline-timeline">
      <StateLegend entries={states.map((state) => ({ state }))} hasPatterns />
      <div ref={frame} class="deadline-timeline-scroll">
        {/* biome-ignore lint/a11y/useSemanticElements: a picture has no <fieldset> */}
        <svg
          width={layout.width}
          height={height}
          viewBox={`0 0 ${layout.width} ${height}`}
          role="group"
          aria-label={label}
        >
          <StatePatterns prefix={prefix} />
          <Ahead layout={layout} />
          <line class="deadline-timeline-base" x1="0" x2={layout.width} y1={plot.bottom} y2={plot.bottom} />
          <Today layout={layout} day={today} />
          <Bars bars={layout.bars} {...{ prefix, today, selected, onSelect }} />
        </svg>
      </div>
      <ChartTable
        caption={label}
        headings={[
          text({ vi: 'Thời hạn', en: 'Due' }),
          text({ vi: 'Tổng số', en: 'Total' }),
          ...states.map((state) => text(stateNames[state])),
        ]}
        rows={layout.bars.map(({ day, total, parts }) => [
          dayText(day),
          total,
          ...states.map((state) => parts.find((part) => part.state === state)?.count ?? 0),
        ])}
      />
    </figure>
  );
}

interface BarsProps {
  bars: readonly TimelineBar[];
  prefix: string;
  today: Day;
  selected: Day | undefined;
  onSelect: ((day: Day) => void) | undefined;
}

/** One tab stop; arrow keys, Home and End move between the bars. */
function Bars({ bars, prefix, today, selected, onSelect }: BarsProps) {
  const group = useRef<SVGGElement>(null);
  const upcoming = bars.find(({ day }) => day >= today) ?? bars.at(-1);
  const [moved, moveTo] = useState<Day>();
  const current = [moved, selected].find((day) => bars.some((bar) => bar.day === day)) ?? upcoming?.day;

  const onKeyDown = (event: KeyboardEvent) => {
    const at = bars.findIndex(({ day }) => day === current);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (current !== undefined) onSelect?.(current);
      return;
    }
    const next = { ArrowLeft: bars[at - 1], ArrowRight: bars[at + 1], Home: bars[0], End: bars.at(-1) }[
      event.key
    ];
    if (!next) return;
    event.preventDefault();
    moveTo(next.day);
    group.current?.querySelector<SVGGElement>(`[data-day="${next.day}"]`)?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys pressed on its bars
    <g ref={group} onKeyDown={onKeyDown}>
      {bars.map((bar) => (
        <Bar
          key={bar.day}
          bar={bar}
          prefix={prefix}
          isCurrent={bar.day === current}
          isSelected={bar.day === selected}
          onPress={
            onSelect &&
            (() => {
              moveTo(bar.day);
              onSelect(bar.day);
            })
          }
        />
      ))}
    </g>
  );
}

interface BarProps {
  bar: TimelineBar;
  prefix: string;
  isCurrent: boolean;
  isSelected: boolean;
  onPress: (() => void) | undefined;
}

function Bar({ bar: { day, x, top, total, parts }, prefix, isCurrent, isSelected, onPress }: BarProps) {
  const language = useLanguage();
  const text = useText();
  const spoken = parts.map(({ state, count }) => `${numberText(count, language)} ${text(stateNames[state])}`);
  return (
    <g>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a button, or an image where nothing can be chosen */}
      <g
        class={isSelected ? 'deadline-timeline-bar is-selected' : 'deadline-timeline-bar'}
        data-day={day}
        role={onPress ? 'button' : 'img'}
        tabindex={isCurrent ? 0 : -1}
        aria-label={`${dayText(day)}: ${spoken.join(', ')}`}
        {...(onPress && { 'aria-pressed': isSelected })}
        onClick={onPress}
      >
        <rect
          class="deadline-timeline-hit"
          x={x - 24}
          y={Math.min(top, plot.bottom) - 24}
          width="48"
          height={plot.bottom - top + 62}
          rx="6"
        />
        {parts.map(({ state, y, height: partHeight }) => (
          <rect
            key={state}
            x={x - barWidth / 2}
            y={y}
            width={barWidth}
            height={Math.max(2, partHeight - 1)}
            fill={patternFill(prefix, state)}
          />
        ))}
      </g>
      {/* Beside the button, whose name says the same, and not within: what is read there is what can be spoken to press it. */}
      <g pointer-events="none">
        <text class="deadline-timeline-total" x={x} y={top - 7}>
          {numberText(total, language)}
        </text>
        <text x={x} y={plot.bottom + 18}>
          {`${day.slice(8)}/${day.slice(5, 7)}`}
        </text>
        <text x={x} y={plot.bottom + 33}>
          {day.slice(0, 4)}
        </text>
      </g>
    </g>
  );
}

/** The days to come that matter now, as a field behind the bars. */
function Ahead({ layout: { ahead } }: { layout: TimelineLayout }) {
  const text = useText();
  const width = Math.max(0, ahead.right - ahead.left);
  return (
    <g class="deadline-timeline-ahead">
      <rect x={ahead.left} y="22" width={width} height={plot.bottom - 22} />
      <text x={ahead.left + 6} y="14">
        {text({ vi: `${daysAhead} ngày tới`, en: `next ${daysAhead} days` })}
      </text>
    </g>
  );
}

function Today({ layout: { today: x }, day }: { layout: TimelineLayout; day: Day }) {
  return (
    <g class="deadline-timeline-today">
      <line x1={x} x2={x} y1="2" y2={plot.bottom} />
      <text x={x - 6} y="14">
        {dayText(day)}
      </text>
    </g>
  );
}
