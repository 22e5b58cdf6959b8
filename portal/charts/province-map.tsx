import { useId, useRef, useState } from 'preact/hooks';
import { type State, stateNames } from '../../shared/domain/assessment.ts';
import type { Bilingual } from '../../shared/domain/catalogue.ts';
import { countStates } from '../../shared/domain/scoreboard.ts';
import { useText } from '../language.ts';
import { placeAfterKey } from './map-movement.ts';
import { mapSize, type ProvinceShape, provinceShapes } from './province-shapes.ts';
import { StateLegend } from './state-legend.tsx';
import { StateMark } from './state-mark.tsx';
import { presentStates } from './state-order.ts';
import { patternFill, StatePatterns } from './state-patterns.tsx';
import { useWidth } from './use-width.ts';

/** What a province shows: its state (`null` where nothing is owed), its name, and a line more for the tip. */
export interface ProvinceState {
  state: State | null;
  /** The name of the province. */
  label: string;
  /** `12 quá hạn, 3 có nguy cơ` */
  detail?: string;
}

interface Props {
  /** Of every province, by unit id. */
  states: ReadonlyMap<string, ProvinceState>;
  /** What the picture shows, for screen readers and above the legend. */
  legend: string;
  selected?: string;
  /** Called with the unit id of a province that was pressed. */
  onSelect?: (unit: string) => void;
}

const nothingOwed: Bilingual = { vi: 'không có nghĩa vụ', en: 'nothing owed' };

/** Where the names of the archipelagos stand, in the units of the map. */
const archipelagoNames: readonly { name: Bilingual; of: Bilingual; x: number; y: number }[] = [
  {
    name: { vi: 'Quần đảo Hoàng Sa', en: 'Hoàng Sa Islands' },
    of: { vi: 'Đà Nẵng', en: 'Da Nang' },
    x: 620,
    y: 372,
  },
  {
    name: { vi: 'Quần đảo Trường Sa', en: 'Trường Sa Islands' },
    of: { vi: 'Khánh Hòa', en: 'Khanh Hoa' },
    x: 620,
    y: 636,
  },
];

/**
 * The 63 provinces by state, each a button when `onSelect` is given: one tab stop, arrow keys move between them.
 * Stands beside a table that says the same.
 */
export function ProvinceMap({ states, legend, selected, onSelect }: Props) {
  const text = useText();
  const prefix = useId();
  const picture = useRef<SVGSVGElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 640);
  const [shown, show] = useState<string>();
  const [current, setCurrent] = useState(selected ?? provinceShapes[0]?.unit ?? '');

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return show(undefined);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onSelect?.(current);
    }
    const next = placeAfterKey(provinceShapes, current, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    picture.current?.querySelector<SVGGElement>(`[data-unit="${next}"]`)?.focus();
  };
  const focusOn = (unit: string) => {
    setCurrent(unit);
    show(unit);
  };

  const counts = countStates([...states.values()].flatMap(({ state }) => (state ? [{ state }] : [])));
  return (
    <figure class="province-map">
      <p class="province-map-legend">{legend}</p>
      <StateLegend entries={presentStates(counts)} hasPatterns />
      <div ref={frame} class="province-map-frame">
        {/* biome-ignore lint/a11y/useSemanticElements: a picture has no <fieldset> */}
        <svg
          ref={picture}
          viewBox={`0 0 ${mapSize.width} ${mapSize.height}`}
          role="group"
          aria-label={legend}
          aria-describedby={`${prefix}-keys`}
          onKeyDown={onKeyDown}
          onMouseLeave={() => show(undefined)}
        >
          <StatePatterns prefix={prefix} scale={mapSize.width / width} />
          {provinceShapes.map((shape) => (
            <Province
              key={shape.unit}
              shape={shape}
              known={states.get(shape.unit)}
              fill={fillOf(prefix, states.get(shape.unit))}
              isCurrent={shape.unit === current}
              isSelected={shape.unit === selected}
              onShow={() => show(shape.unit)}
              onFocus={() => focusOn(shape.unit)}
              onBlur={() => show(undefined)}
              onPress={onSelect && (() => onSelect(shape.unit))}
            />
          ))}
          <Outline unit={selected} kind="selected" />
          <Outline unit={shown} kind="shown" />
        </svg>
        {archipelagoNames.map(({ name, of, x, y }) => (
          <span key={name.vi} class="province-map-name" style={placeOf(x, y)}>
            {text(name)}
            <br />({text(of)})
          </span>
        ))}
        <Tip unit={shown} states={states} />
      </div>
      <figcaption class="province-map-source">
        <span id={`${prefix}-keys`}>
          {text({
            vi: 'Dùng phím mũi tên để chuyển giữa các tỉnh, thành phố.',
            en: 'Arrow keys move between the provinces.',
          })}
        </span>{' '}
        {text({ vi: 'Bản đồ:', en: 'Map:' })} Stephen Truong, @svg-maps/vietnam,{' '}
        <a href="https://creativecommons.org/licenses/by/4.0/" rel="license noreferrer">
          CC BY 4.0
        </a>
        {text({ vi: ', tô màu theo tình trạng.', en: ', coloured by state.' })}
      </figcaption>
    </figure>
  );
}

interface ProvinceProps {
  shape: ProvinceShape;
  known: ProvinceState | undefined;
  fill: string | undefined;
  isCurrent: boolean;
  isSelected: boolean;
  onShow: () => void;
  onFocus: () => void;
  onBlur: () => void;
  onPress: (() => void) | undefined;
}

function Province({ shape, known, fill, isCurrent, isSelected, onPress, ...on }: ProvinceProps) {
  const text = useText();
  const name = known
    ? [`${known.label}: ${text(known.state ? stateNames[known.state] : nothingOwed)}`, known.detail]
        .filter(Boolean)
        .join('. ')
    : shape.unit;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a button, or an image where nothing can be chosen
    <g
      class={known?.state ? `province state-${known.state}` : 'province'}
      data-unit={shape.unit}
      role={onPress ? 'button' : 'img'}
      tabindex={isCurrent ? 0 : -1}
      aria-label={name}
      {...(onPress && { 'aria-pressed': isSelected })}
      onMouseEnter={on.onShow}
      onFocus={on.onFocus}
      onBlur={on.onBlur}
      onClick={onPress}
    >
      <path d={shape.mainland} {...(fill && { fill })} />
      {shape.islands && <path class="province-islands" d={shape.islands} />}
    </g>
  );
}

/** The edge of one province, over its neighbours. */
function Outline({ unit, kind }: { unit: string | undefined; kind: 'selected' | 'shown' }) {
  const shape = provinceShapes.find((each) => each.unit === unit);
  return shape ? <path class={`province-outline is-${kind}`} d={shape.mainland} /> : null;
}

function Tip({ unit, states }: { unit: string | undefined; states: Props['states'] }) {
  const text = useText();
  const shape = provinceShapes.find((each) => each.unit === unit);
  const known = unit === undefined ? undefined : states.get(unit);
  if (!shape || !known) return null;
  const side = shape.centre.x > mapSize.width / 2 ? 'is-left' : 'is-right';
  return (
    <div
      class={`province-map-tip ${side}`}
      style={placeOf(shape.centre.x, shape.centre.y)}
      aria-hidden="true"
    >
      <strong>{known.label}</strong>
      {known.state ? <StateMark state={known.state} /> : <span>{text(nothingOwed)}</span>}
      {known.detail && <span>{known.detail}</span>}
    </div>
  );
}

function fillOf(prefix: string, known: ProvinceState | undefined): string | undefined {
  return known?.state ? patternFill(prefix, known.state) : undefined;
}

function placeOf(x: number, y: number) {
  return { left: `${(100 * x) / mapSize.width}%`, top: `${(100 * y) / mapSize.height}%` };
}
