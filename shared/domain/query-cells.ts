/**
 * What the cells of a column are. Each is text or null: a number in plain notation with all of its digits (`98.7`,
 * `-22.5`, `1640000`), a day `2022-06-30`, an instant `2022-06-30T10:00:00.000Z`, `true` or `false`.
 */
export const cellTypes = ['text', 'number', 'day', 'instant', 'boolean'] as const;
/** What the cells of a column hold. */
export type CellType = (typeof cellTypes)[number];

const numbers = ['tinyint', 'smallint', 'integer', 'bigint', 'float', 'real', 'double', 'decimal'];

/** What a column of Athena is, by the name of its type: `bigint` is a number. Types of no table of ours are text. */
export function cellTypeOf(athenaType: string): CellType {
  if (numbers.includes(athenaType)) return 'number';
  switch (athenaType) {
    case 'date':
      return 'day';
    case 'timestamp':
      return 'instant';
    case 'boolean':
      return 'boolean';
    default:
      return 'text';
  }
}

/**
 * A cell as Athena writes it, in the form of its type: `98.700000000000` and `9.87E1` are `98.7`,
 * `2022-06-30 10:00:00.000` is `2022-06-30T10:00:00.000Z`. What is not of that form stays as it is.
 */
export function readCell(type: CellType, written: string): string {
  switch (type) {
    case 'number':
      return plainNumber(written);
    case 'instant':
      return written.replace(
        /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?\d*$/,
        (_, day: string, time: string, fraction = '') => `${day}T${time}.${fraction.padEnd(3, '0')}Z`,
      );
    default:
      return written;
  }
}

function plainNumber(written: string): string {
  const [matched, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  if (matched === undefined) return written;
  const point = whole.length + Number(exponent);
  const digits = `${whole}${fraction}`
    .padEnd(point, '0')
    .padStart(whole.length + fraction.length - point, '0');
  const start = Math.max(point, 0);
  const left = digits.slice(0, start).replace(/^0+(?=\d)/, '') || '0';
  const right = digits.slice(start).replace(/0+$/, '');
  const plain = right === '' ? left : `${left}.${right}`;
  return plain === '0' ? plain : sign + plain;
}
