/**
 * Below 0 when `a` sorts before `b`, 0 when they are equal, above 0 when after: by code unit, the same on every
 * machine. For ids, days, instants and periods; not for names, whose order depends on the language.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
