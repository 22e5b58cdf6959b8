/**
 * A list that is always in the order of `compare`, which must tell any two of its elements apart. Finding a
 * place takes the logarithm of its length in comparisons.
 */
export class SortedList<T> {
  private readonly elements: T[] = [];
  private readonly compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare;
  }

  /** Puts an element in its place; one that compares equal to it is replaced. */
  insert(element: T): void {
    const { position, isThere } = this.find(element);
    this.elements.splice(position, isThere ? 1 : 0, element);
  }

  /** Takes out the element that compares equal, if there is one. */
  remove(element: T): void {
    const { position, isThere } = this.find(element);
    if (isThere) this.elements.splice(position, 1);
  }

  /** The greatest element. */
  get last(): T | undefined {
    return this.elements.at(-1);
  }

  /** All elements, the greatest first. */
  descending(): T[] {
    return this.elements.toReversed();
  }

  private find(element: T): { position: number; isThere: boolean } {
    let low = 0;
    let high = this.elements.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.orderAt(middle, element);
      if (order === 0) return { position: middle, isThere: true };
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return { position: low, isThere: false };
  }

  private orderAt(position: number, element: T): number {
    const present = this.elements[position];
    return present === undefined ? 1 : this.compare(present, element);
  }
}
