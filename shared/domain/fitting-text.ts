/** `<start><part>, <part>` with as many parts as fit, at least the first, and a mark where some are left out. */
export function joinFitting(
  start: string,
  parts: readonly string[],
  fits: (text: string) => boolean,
): string {
  const joined = (shown: number) =>
    start + parts.slice(0, shown).join(', ') + (shown < parts.length ? ', ...' : '');
  let shown = parts.length;
  while (shown > 1 && !fits(joined(shown))) shown -= 1;
  return joined(shown);
}
