/** Whether a file has an annotated copy: only one whose rows could be told apart has rows to annotate. */
export function isAnnotatable({ format, encoding }: { format: string; encoding: string }): boolean {
  return format !== 'unknown' && encoding !== 'unknown';
}
