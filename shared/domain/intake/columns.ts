import { foldName, nearest } from '../unit-names.ts';

/** The columns of the file format, by their own names. */
export const fields = [
  'indicator',
  'period',
  'area',
  'numerator',
  'denominator',
  'value',
  'completed_on',
  'evidence',
  'note',
  'unit',
] as const;
/** What a column can mean, by its own name in the file format. */
export type Field = (typeof fields)[number];

/** The columns whose cells are numbers. */
export const numberFields = ['numerator', 'denominator', 'value'] as const satisfies readonly Field[];

const names: Record<Field, readonly string[]> = {
  indicator: ['indicator', 'mã chỉ tiêu', 'chỉ tiêu'],
  period: ['period', 'kỳ', 'kỳ báo cáo'],
  area: ['area', 'mã địa bàn', 'địa bàn'],
  numerator: ['numerator', 'tử số'],
  denominator: ['denominator', 'mẫu số'],
  value: ['value', 'giá trị', 'tỷ lệ', 'tỉ lệ'],
  completed_on: ['completed_on', 'ngày hoàn thành'],
  evidence: ['evidence', 'minh chứng', 'số văn bản'],
  note: ['note', 'ghi chú'],
  unit: ['unit', 'đơn vị', 'tỉnh'],
};

const fieldByName = new Map(
  fields.flatMap((field) => names[field].map((name) => [foldName(name), field] as const)),
);

/** The column that annotated copies have more than the sender's file. */
export const annotationColumn = 'tiendo: lỗi';
/** Stands between that name and what is to be said about the file as a whole. */
export const annotationDash = ' – ';

const foldedAnnotation = foldName(annotationColumn);

/** The meaning of a column name, whatever its case, spacing, punctuation and diacritics. */
export function fieldOf(name: string): Field | undefined {
  return isFoldable(name) ? fieldByName.get(foldName(name)) : undefined;
}

/** Folding drops a NUL with the punctuation, and would make a damaged name look whole. */
function isFoldable(name: string): boolean {
  return name.length <= 100 && !name.includes('\0');
}

/** Whether a column is the one we add to annotated copies, with or without what it says of the whole file. */
export function isAnnotation(name: string): boolean {
  if (name.startsWith(annotationColumn + annotationDash)) return !name.includes('\0');
  return isFoldable(name) && foldName(name) === foldedAnnotation;
}

/**
 * Whether a column is one of ours: an annotated copy's, or a template's, whose names begin with `tiendo:`.
 * They are for people to read and ignored without a word when the file is sent.
 */
export function isOwnColumn(name: string): boolean {
  return name.slice(0, 'tiendo:'.length).toLowerCase() === 'tiendo:' || isAnnotation(name);
}

/** The field a misspelt column name comes nearest to: to suggest, never to accept. */
export function suggestField(name: string): Field | undefined {
  const folded = name.length > 100 ? '' : foldName(name);
  if (folded.length < 4) return undefined;
  return nearest(folded, fields, (field) => names[field].map(foldName));
}
