/** The most UTF-8 bytes kept of a name: with what is added, file systems take no more than 255. */
const maxStemBytes = 180;

/** Names that say what kind of file it is, by what its text is. */
const extensions = { csv: ['csv', 'tsv', 'txt'], json: ['json', 'jsonl', 'ndjson'] } as const;

/**
 * The name under which a file made from a sender's file is saved: `báo cáo tháng 5.csv` with `-tiendo-loi` is
 * `báo cáo tháng 5-tiendo-loi.csv`. The extension stays where it fits the format. Folders, characters that file
 * systems refuse, characters nobody can see and dots or spaces at the ends are dropped; a name without anything
 * else is `tep`.
 */
export function downloadName(fileName: string, addition: string, format: keyof typeof extensions): string {
  const [, name = '', extension = ''] =
    /^(.*?)(?:\.(csv|tsv|txt|json|jsonl|ndjson))?$/is.exec(fileName) ?? [];
  const kept = extensions[format].find((known) => known === extension.toLowerCase()) ?? format;
  const stem = name
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ');
  return `${cutToBytes(trimEnds(stem), maxStemBytes) || 'tep'}${addition}.${kept}`;
}

/**
 * The header `content-disposition` with which a browser saves an answer under a name, instead of showing it. Old
 * programs read the plain form, without diacritics.
 * @see https://www.rfc-editor.org/rfc/rfc6266
 */
export function attachmentOf(fileName: string): string {
  const plain = fileName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^ -~]|["%\\]/gu, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function trimEnds(text: string): string {
  return text.replace(/^[\s.]+|[\s.]+$/g, '');
}

function cutToBytes(text: string, maxBytes: number): string {
  const encoder = new TextEncoder();
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > maxBytes) break;
    kept += character;
  }
  return trimEnds(kept);
}
