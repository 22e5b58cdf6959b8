import { isAnnotatable } from './annotatable.ts';
import { AnnotationSearch, CsvAnnotator } from './annotate-csv.ts';
import { JsonAnnotator } from './annotate-json.ts';
import type { Annotations } from './annotations.ts';
import type { FileFacts } from './check-file.ts';
import type { CsvLayout } from './csv-layout.ts';
import { readText } from './decode.ts';
import { type Encoding, encodings } from './encoding.ts';
import { JsonWithoutAnnotations } from './json-without-annotations.ts';
import { findLayout } from './layout.ts';
import type { SourceFile } from './source-file.ts';

/**
 * The sender's file again, in pieces, with what was found at each row: in CSV one more column, `tiendo: lỗi`, at
 * the end; in JSON one more field of that name in each observation concerned. What concerns the whole file, its
 * title lines and its header stands in the header row, behind the column's name; in JSON in the first observation.
 *
 * Everything else is the sender's own text, character for character: delimiter, quotes, line ends, title and
 * blank lines, wrong quotes too, and a cell that begins with `=`, for it is theirs. What we add no spreadsheet
 * takes for a formula. A column or field of an earlier copy is replaced. CSV becomes UTF-8 with byte order mark, JSON
 * UTF-8 with a mark only if it had one; a file in UTF-16 stays in its own. Sent again, the copy gives the same
 * issues. An observation that is no object, and a file without any, have no place for a message.
 *
 * `found` and `annotations` come from `checkFile` of the same file. Reads the file three times in constant memory.
 * Throws a `RangeError` for a file that is not annotatable or not the one that was checked.
 */
export async function* annotateFile(
  file: SourceFile,
  found: FileFacts,
  annotations: Annotations,
): AsyncGenerator<Uint8Array> {
  const encoding = encodings.find((known) => known === found.encoding);
  if (!encoding || !isAnnotatable(found)) throw new RangeError('the file has no rows to annotate');
  const layout = await findLayout(file, encoding);
  if (layout.format !== found.format) throw new RangeError('the file is not the one that was checked');
  const encode = encoderFor(encoding);
  if (layout.format === 'csv' || found.bom) yield encode('\ufeff');
  const pieces =
    layout.format === 'csv'
      ? annotateCsv(file, encoding, layout.csv, annotations)
      : annotateJson(file, encoding, annotations);
  for await (const piece of pieces) if (piece !== '') yield encode(piece);
}

async function* annotateCsv(
  file: SourceFile,
  encoding: Encoding,
  layout: CsvLayout,
  annotations: Annotations,
): AsyncGenerator<string> {
  const search = new AnnotationSearch(layout);
  for await (const piece of readText(file, encoding)) search.write(piece);
  const annotator = new CsvAnnotator(layout, search.place, annotations);
  for await (const piece of readText(file, encoding)) yield annotator.write(piece);
  yield annotator.end();
}

async function* annotateJson(
  file: SourceFile,
  encoding: Encoding,
  annotations: Annotations,
): AsyncGenerator<string> {
  const filter = new JsonWithoutAnnotations();
  const annotator = new JsonAnnotator(annotations);
  for await (const piece of readText(file, encoding)) yield annotator.write(filter.write(piece));
  yield annotator.write(filter.end()) + annotator.end();
}

/** Turns text into bytes: UTF-16 in its own byte order, everything else as UTF-8. */
function encoderFor(encoding: Encoding): (text: string) => Uint8Array {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') {
    const encoder = new TextEncoder();
    return (text) => encoder.encode(text);
  }
  return (text) => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < text.length; index++) {
      view.setUint16(index * 2, text.charCodeAt(index), encoding === 'utf-16le');
    }
    return bytes;
  };
}
