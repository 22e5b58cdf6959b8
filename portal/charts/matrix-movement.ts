/** A cell by its row and column, from 0. */
export interface CellPlace {
  row: number;
  column: number;
}

/**
 * Where a key leads within a table: an arrow to the next cell its way that can be entered, Home and End to the ends of
 * the row, with Ctrl to those of the table. `undefined` for other keys, and where there is no such cell.
 */
export function cellAfterKey(
  from: CellPlace,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  size: { rows: number; columns: number },
  canEnter: (place: CellPlace) => boolean,
): CellPlace | undefined {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  switch (key) {
    case 'ArrowLeft':
      return firstAlong(from, [0, -1]);
    case 'ArrowRight':
      return firstAlong(from, [0, 1]);
    case 'ArrowUp':
      return firstAlong(from, [-1, 0]);
    case 'ArrowDown':
      return firstAlong(from, [1, 0]);
    case 'Home':
      return firstAlong({ row: ctrlKey ? 0 : from.row, column: -1 }, [0, 1]);
    case 'End':
      return firstAlong({ row: ctrlKey ? lastRow : from.row, column: lastColumn + 1 }, [0, -1]);
    default:
      return undefined;
  }

  function firstAlong(start: CellPlace, [down, across]: readonly [number, number]): CellPlace | undefined {
    let { row, column } = start;
    for (;;) {
      row += down;
      column += across;
      if (row < 0 || column < 0 || row > lastRow || column > lastColumn) return undefined;
      if (canEnter({ row, column })) return { row, column };
    }
  }
}
