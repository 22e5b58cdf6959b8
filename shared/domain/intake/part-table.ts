import type { Day } from '../calendar.ts';

/** What one area's row adds to a sum; the whole unit is the area `''`. A count adds to `numerator` alone. */
export interface Part {
  row: number;
  area: string;
  numerator: number;
  denominator: number;
  /** What a row without counts reports, as a decimal; kept only where a sum is compared with it. */
  value?: string;
  completedOn?: Day;
}

/** Room for so many parts at first; it doubles whenever it is full. */
const firstCapacity = 1024;

/**
 * The parts of a whole file by group (a number from 0) and area. A file has up to two million, so they are
 * held in columns of plain numbers and become objects again one group at a time. A part takes 48 bytes: 44 in
 * the columns and 4 in the buckets; as room doubles, up to twice that.
 */
export class PartTable {
  #size = 0;
  #columns = columnsOf(firstCapacity);
  /** By hash of group and area the latest part, plus one; its column `sameHash` leads to earlier ones. */
  #buckets = new Int32Array(firstCapacity);
  /** The last part of each group, plus one; its column `sameGroup` leads to those before. */
  #lastOfGroup: number[] = [];
  /** Areas and values, each text once; columns hold their numbers. */
  #texts = [''];
  #numbers = new Map([['', 0]]);

  /** Takes a part in, unless its area is known in the group: then it answers the row that stood there. */
  add(group: number, part: Part): number | undefined {
    if (this.#size === this.#columns.row.length) this.#grow();
    const columns = this.#columns;
    const area = this.#numberOf(part.area);
    for (
      let next = this.#buckets[this.#hash(group, area)] ?? 0;
      next > 0;
      next = columns.sameHash[next - 1] ?? 0
    ) {
      if (columns.group[next - 1] === group && columns.area[next - 1] === area) return columns.row[next - 1];
    }
    const slot = this.#size++;
    columns.group[slot] = group;
    columns.area[slot] = area;
    columns.row[slot] = part.row;
    columns.numerator[slot] = part.numerator;
    columns.denominator[slot] = part.denominator;
    columns.value[slot] = this.#numberOf(part.value ?? '');
    columns.completedOn[slot] = part.completedOn ? Number(part.completedOn.replaceAll('-', '')) : 0;
    columns.sameGroup[slot] = this.#lastOfGroup[group] ?? 0;
    this.#lastOfGroup[group] = slot + 1;
    this.#chain(slot);
    return undefined;
  }

  /** The parts of a group by area, in the order they came. */
  partsOf(group: number): Map<string, Part> {
    const slots: number[] = [];
    for (let next = this.#lastOfGroup[group] ?? 0; next > 0; next = this.#columns.sameGroup[next - 1] ?? 0) {
      slots.push(next - 1);
    }
    return new Map(slots.reverse().map((slot) => this.#partAt(slot)));
  }

  #partAt(slot: number): [area: string, part: Part] {
    const { area, row, numerator, denominator, value, completedOn } = this.#columns;
    const code = this.#texts[area[slot] ?? 0] ?? '';
    const said = this.#texts[value[slot] ?? 0] ?? '';
    const day = completedOn[slot] ?? 0;
    const part = {
      row: row[slot] ?? 0,
      area: code,
      numerator: numerator[slot] ?? 0,
      denominator: denominator[slot] ?? 0,
      ...(said === '' ? {} : { value: said }),
      ...(day === 0 ? {} : { completedOn: String(day).replace(/(..)(..)$/, '-$1-$2') }),
    };
    return [code, part];
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const copy = ownCopy(text);
    this.#numbers.set(copy, this.#texts.length);
    return this.#texts.push(copy) - 1;
  }

  #hash(group: number, area: number): number {
    return (Math.imul(group, 0x9e3779b1) + area) & (this.#buckets.length - 1);
  }

  #chain(slot: number): void {
    const { group, area, sameHash } = this.#columns;
    const hash = this.#hash(group[slot] ?? 0, area[slot] ?? 0);
    sameHash[slot] = this.#buckets[hash] ?? 0;
    this.#buckets[hash] = slot + 1;
  }

  /** Doubles the columns; `transfer` leaves none of the old ones in memory. */
  #grow(): void {
    const capacity = 2 * this.#size;
    const ints = (column: Int32Array<ArrayBuffer>) => new Int32Array(column.buffer.transfer(4 * capacity));
    const floats = (column: Float64Array<ArrayBuffer>) =>
      new Float64Array(column.buffer.transfer(8 * capacity));
    const { group, area, row, numerator, denominator, value, completedOn, sameGroup, sameHash } =
      this.#columns;
    this.#columns = {
      group: ints(group),
      area: ints(area),
      row: ints(row),
      numerator: floats(numerator),
      denominator: floats(denominator),
      value: ints(value),
      completedOn: ints(completedOn),
      sameGroup: ints(sameGroup),
      sameHash: ints(sameHash),
    };
    this.#buckets = new Int32Array(capacity);
    for (let slot = 0; slot < this.#size; slot++) this.#chain(slot);
  }
}

/** `completedOn` is written `20220630`, 0 for none. Counts go up to 2^53−1, which a float holds exactly. */
function columnsOf(capacity: number) {
  return {
    group: new Int32Array(capacity),
    area: new Int32Array(capacity),
    row: new Int32Array(capacity),
    numerator: new Float64Array(capacity),
    denominator: new Float64Array(capacity),
    value: new Int32Array(capacity),
    completedOn: new Int32Array(capacity),
    sameGroup: new Int32Array(capacity),
    sameHash: new Int32Array(capacity),
  };
}

/** The same text in memory of its own: a piece cut out of a file's text would keep all of it. */
function ownCopy(text: string): string {
  return [...text].join('');
}
