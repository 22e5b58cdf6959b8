import { numberText } from '../format.ts';
import { useLanguage } from '../language.ts';
import { layOutBars } from './bar-geometry.ts';

/** One category and its number, a decimal in plain notation. */
export interface BarEntry {
  label: string;
  value: string | number;
}

interface Props {
  caption: string;
  /** What the categories are, and what is counted. */
  headings: readonly [category: string, value: string];
  entries: readonly BarEntry[];
  /** What follows a value: ` %`. */
  unitSign?: string;
}

/** Numbers by category: a table with a bar in each row, so that it is its own text alternative. */
export function BarChart({ caption, headings, entries, unitSign = '' }: Props) {
  const language = useLanguage();
  const { bars, zero } = layOutBars(entries.map(({ value }) => Number(value)));
  return (
    <table class="bar-chart">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{headings[0]}</th>
          <th scope="col">{headings[1]}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ label, value }, index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            <td>
              <span class="bar-chart-cell">
                <svg class="bar-chart-track" aria-hidden="true">
                  <rect
                    class="bar-chart-bar"
                    x={`${bars[index]?.left ?? 0}%`}
                    width={`${bars[index]?.width ?? 0}%`}
                    y="0"
                    height="100%"
                  />
                  <line x1={`${zero}%`} x2={`${zero}%`} y1="0" y2="100%" />
                </svg>
                <span class="bar-chart-value">
                  {numberText(value, language)}
                  {unitSign}
                </span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
