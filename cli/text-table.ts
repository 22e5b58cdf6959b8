/**
 * Rows as lines of text, columns two spaces apart, as wide as their widest cell. Cells of the columns named in
 * `right` (counted from 0) end under each other, as numbers should; `rule` draws a line under the first row. NFC
 * Vietnamese takes one place a code point.
 */
export function tableLines(
  rows: readonly (readonly string[])[],
  { right = [], rule = false }: { right?: readonly number[]; rule?: boolean } = {},
): string[] {
  const count = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  );
  const ruled = rule
    ? [...rows.slice(0, 1), widths.map((length) => '─'.repeat(length)), ...rows.slice(1)]
    : rows;
  return ruled.map((row) =>
    widths
      .map((columnWidth, column) => {
        const cell = row[column] ?? '';
        const blank = ' '.repeat(columnWidth - width(cell));
        return right.includes(column) ? blank + cell : cell + blank;
      })
      .join('  ')
      .trimEnd(),
  );
}

function width(text: string): number {
  return [...text].length;
}
