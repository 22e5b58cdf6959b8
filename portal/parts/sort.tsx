import { useState } from 'preact/hooks';
import { Sign } from './sign.tsx';

/** By which column a table is sorted, and which way. */
export interface Sorting<K extends string> {
  column: K;
  isDescending: boolean;
}

/** The sorting of a table, which a press on a column's heading changes: its best-known way first, then the other. */
export function useSorting<K extends string>(
  first: Sorting<K>,
): Sorting<K> & { sortBy(column: K, isDescending: boolean): void } {
  const [sorting, setSorting] = useState(first);
  return {
    ...sorting,
    sortBy: (column, isDescending) =>
      setSorting((before) => ({
        column,
        isDescending: before.column === column ? !before.isDescending : isDescending,
      })),
  };
}

/** Sorted by a number or a text of each; what has none comes last either way. */
export function sortRows<T>(
  rows: readonly T[],
  keyOf: (row: T) => number | string | undefined,
  isDescending: boolean,
): T[] {
  return rows.toSorted((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined);
    const order =
      typeof one === 'string' && typeof other === 'string'
        ? one.localeCompare(other, 'vi')
        : Number(one) - Number(other);
    return isDescending ? -order : order;
  });
}

/** The heading of a column by which a table can be sorted. `isDescending` is the way it is sorted first. */
export function SortHead<K extends string>({
  column,
  sorting,
  isNumber = false,
  isDescending = isNumber,
  children,
}: {
  column: K;
  sorting: Sorting<K> & { sortBy(column: K, isDescending: boolean): void };
  isNumber?: boolean;
  isDescending?: boolean;
  children: string;
}) {
  const isCurrent = sorting.column === column;
  return (
    <th
      scope="col"
      class={isNumber ? 'number' : ''}
      {...(isCurrent && { 'aria-sort': sorting.isDescending ? 'descending' : 'ascending' })}
    >
      <button type="button" class="sort-button" onClick={() => sorting.sortBy(column, isDescending)}>
        {children}
        {isCurrent && ' '}
        {isCurrent && <Sign name={sorting.isDescending ? 'down' : 'up'} />}
      </button>
    </th>
  );
}
