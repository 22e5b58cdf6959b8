import type { ComponentChildren } from 'preact';
import { useText } from '../language.ts';

interface Props {
  caption: string;
  headings: readonly string[];
  /** One row each, its first cell the heading of the row. */
  rows: readonly (readonly ComponentChildren[])[];
}

/** What a picture shows, as a table to open below it. */
export function ChartTable({ caption, headings, rows }: Props) {
  const text = useText();
  return (
    <details class="chart-table">
      <summary>{text({ vi: 'Xem dạng bảng', en: 'Show as a table' })}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section class="chart-table-scroll" aria-label={caption} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {headings.map((heading, index) => (
                <th key={heading} scope="col" class={index === 0 ? undefined : 'is-number'}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...cells], row) => (
              <tr key={row}>
                <th scope="row">{first}</th>
                {cells.map((cell, index) => (
                  <td key={index} class="is-number">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
