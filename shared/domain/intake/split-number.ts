import { type Field, fieldOf, numberFields } from './columns.ts';
import type { CsvLayout } from './csv-layout.ts';
import type { CsvRow } from './csv-reader.ts';

/** A number that a comma between columns may have cut in two: of `98,7` the cells `98` and `7`. */
export interface SplitNumber {
  field: Field;
  /** As one number, with its comma: `98,7`. */
  text: string;
}

/** Columns whose cells may hold anything, so that the rest of a number does not show there. */
const textFields: readonly Field[] = ['evidence', 'note'];

/**
 * The numbers of a row in a comma-delimited file that may have been cut in two: a whole number, and right after it,
 * in a text column or one that is not of the file format, nothing but one to three digits. Quotes around either cell
 * show that it is whole. Must be asked before our own columns are blanked.
 */
export function findSplitNumbers(
  { cells, quoted }: CsvRow,
  { delimiter, names, columns }: Pick<CsvLayout, 'delimiter' | 'names' | 'columns'>,
): SplitNumber[] {
  if (delimiter !== ',') return [];
  return numberFields.flatMap((field) => {
    const index = columns.get(field)?.index;
    if (index === undefined || quoted?.has(index) || quoted?.has(index + 1)) return [];
    const neighbour = fieldOf(names[index + 1] ?? '');
    if (neighbour && !textFields.includes(neighbour)) return [];
    const [whole, rest] = [cells[index]?.trim() ?? '', cells[index + 1]?.trim() ?? ''];
    const isSplit = /^[+\-\u2212]?\d+$/.test(whole) && /^\d{1,3}\s*%?$/.test(rest);
    return isSplit ? [{ field, text: `${whole},${rest}` }] : [];
  });
}
