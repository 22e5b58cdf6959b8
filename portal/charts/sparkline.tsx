import { dayText, numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import type { DatedFigure } from './figure-geometry.ts';
import { layOutSparkline } from './sparkline-geometry.ts';

interface Props {
  /** In time order. */
  figures: readonly DatedFigure[];
  /** What must be reached, drawn as a line; left out where it says nothing. */
  target?: number;
  /** What follows a value: ` %`. */
  unitSign?: string;
}

const width = 96;
const height = 28;

/** How figures developed, small enough for a list; nothing where nothing is reported. */
export function Sparkline({ figures, target, unitSign = '' }: Props) {
  const language = useLanguage();
  const text = useText();
  const first = figures[0];
  const last = figures.at(-1);
  if (!first || !last) return null;
  const { path, end, targetY } = layOutSparkline(figures, target ?? null, width, height);
  const point = ({ day, value }: DatedFigure) =>
    `${numberText(value, language)}${unitSign} (${dayText(day)})`;
  const spoken =
    first === last
      ? point(last)
      : text({
          vi: `từ ${point(first)} đến ${point(last)}`,
          en: `from ${point(first)} to ${point(last)}`,
        });
  return (
    <svg class="sparkline" width={width} height={height} role="img" aria-label={spoken}>
      {targetY !== null && <line x1="0" x2={width} y1={targetY} y2={targetY} />}
      <path d={path} />
      {end && <circle cx={end.x} cy={end.y} r="3" />}
    </svg>
  );
}
