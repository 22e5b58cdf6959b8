/** What was detected about a file; more than this is known of one that was checked here. */
export interface DetectedFile {
  format: string;
  encoding: string;
  bom?: boolean | undefined;
  delimiter?: string | undefined;
  decimal?: string | undefined;
}

/** What was detected about a file, for people: `csv, utf-8 (BOM); dấu phân cách · delimiter “;”; …`. */
export function fileFactsText({ format, encoding, bom, delimiter, decimal }: DetectedFile): string {
  const kind = format === 'unknown' ? 'không rõ loại tệp · unknown format' : format;
  const letters = encoding === 'unknown' ? 'không rõ bảng mã · unknown encoding' : encoding;
  return [
    `${kind}, ${letters}${bom ? ' (BOM)' : ''}`,
    ...(delimiter ? [`dấu phân cách · delimiter ${delimiter === '\t' ? 'tab' : `“${delimiter}”`}`] : []),
    ...(decimal
      ? [`dấu thập phân · decimal “${decimal}”, hàng nghìn · thousands “${decimal === ',' ? '.' : ','}”`]
      : []),
  ].join('; ');
}
