import { useId, useRef } from 'preact/hooks';
import { type State, stateNames } from '../../shared/domain/assessment.ts';
import { useText } from '../language.ts';
import { cellAfterKey } from './matrix-movement.ts';
import { StateLegend } from './state-legend.tsx';
import { stateOrder } from './state-order.ts';

/** A column: a short name for its head, `1.a.1`, and what it stands for. */
export interface MatrixColumn {
  id: string;
  label: string;
  title: string;
}

/** A cell; `note` is written beside its mark, `2/5` where it stands for several. */
export interface MatrixCell {
  state: State;
  note?: string;
}

/** A row: a unit, and its cells by column id. A column that is missing is not owed. */
export interface MatrixRow {
  id: string;
  label: string;
  cells: ReadonlyMap<string, MatrixCell>;
}

interface Props {
  caption: string;
  /** What the rows are: `Đơn vị`. */
  rowHeading: string;
  columns: readonly MatrixColumn[];
  rows: readonly MatrixRow[];
  /** Where a cell leads. */
  hrefOf: (rowId: string, columnId: string) => string;
  /** Where a row's heading leads, if anywhere. */
  rowHrefOf?: (rowId: string) => string;
}

/**
 * The state of every unit by indicator: a table whose cells are links. Its cells are one tab stop, arrow keys move
 * between them; row headings are further ones.
 */
export function StateMatrix({ caption, rowHeading, columns, rows, hrefOf, rowHrefOf }: Props) {
  const text = useText();
  const keys = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const isOwed = (row: number, column: number) => rows[row]?.cells.has(columns[column]?.id ?? '') ?? false;
  const firstRow = rows.findIndex(({ cells }) => columns.some(({ id }) => cells.has(id)));
  const firstColumn = columns.findIndex((_, column) => isOwed(firstRow, column));

  // Moves the tab stop itself: rendering thousands of cells again at each key would be felt.
  const onKeyDown = (event: KeyboardEvent) => {
    const from = placeOf(event.target);
    if (!from || event.altKey || event.metaKey) return;
    const size = { rows: rows.length, columns: columns.length };
    const next = cellAfterKey(from, event, size, ({ row, column }) => isOwed(row, column));
    const link =
      next && body.current?.querySelector<HTMLAnchorElement>(`[data-cell="${next.row},${next.column}"]`);
    if (!link) return;
    event.preventDefault();
    link.focus();
  };
  const onFocusIn = (event: FocusEvent) => {
    if (!placeOf(event.target) || !(event.target instanceof HTMLAnchorElement)) return;
    for (const link of body.current?.querySelectorAll<HTMLAnchorElement>('[data-cell][tabindex="0"]') ?? [])
      link.tabIndex = -1;
    event.target.tabIndex = 0;
  };

  const states = stateOrder.filter((state) =>
    rows.some(({ cells }) => [...cells.values()].some((cell) => cell.state === state)),
  );
  return (
    <div class="state-matrix">
      <StateLegend entries={states.map((state) => ({ state }))} />
      <p id={keys} class="state-matrix-keys">
        {text({ vi: 'Dùng phím mũi tên để chuyển giữa các ô.', en: 'Arrow keys move between the cells.' })}
      </p>
      <div class="state-matrix-scroll">
        <table aria-describedby={keys}>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{rowHeading}</th>
              {columns.map(({ id, label, title }) => (
                <th key={id} scope="col" title={title}>
                  <span>{label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown} onFocusCapture={onFocusIn}>
            {rows.map((row, rowIndex) => (
              <tr key={row.id}>
                <th scope="row">{rowHrefOf ? <a href={rowHrefOf(row.id)}>{row.label}</a> : row.label}</th>
                {columns.map(({ id, label }, column) => {
                  const cell = row.cells.get(id);
                  if (!cell) return <td key={id} />;
                  const { state, note } = cell;
                  return (
                    <td key={id}>
                      <a
                        href={hrefOf(row.id, id)}
                        data-cell={`${rowIndex},${column}`}
                        tabIndex={rowIndex === firstRow && column === firstColumn ? 0 : -1}
                        aria-label={`${row.label}, ${label}: ${note === undefined ? '' : `${note} `}${text(stateNames[state])}`}
                      >
                        <span class={`state-symbol state-${state}`} />
                        {note}
                      </a>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function placeOf(target: EventTarget | null): { row: number; column: number } | undefined {
  const place = target instanceof HTMLElement ? target.dataset.cell : undefined;
  const [row, column] = place?.split(',').map(Number) ?? [];
  return row === undefined || column === undefined ? undefined : { row, column };
}
