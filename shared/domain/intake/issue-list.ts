import { type CsvColumn, csvHeading, csvRow, writeCsv } from '../csv-writer.ts';
import type { Issue } from '../issue.ts';
import type { Delimiter } from './csv-layout.ts';

/**
 * The columns of the list of issues. `Giá trị` and `Cần có` show what the file says and what would be right;
 * both are texts, whatever they look like.
 */
const columns: readonly CsvColumn<Issue>[] = [
  { name: 'Dòng', type: 'number', cell: ({ row }) => row },
  { name: 'Cột', type: 'text', cell: ({ column }) => column },
  { name: 'Ô', type: 'text', cell: ({ cell }) => cell },
  { name: 'Giá trị', type: 'text', cell: ({ value }) => value },
  { name: 'Cần có', type: 'text', cell: ({ expected }) => expected },
  { name: 'Mã lỗi', type: 'text', cell: ({ code }) => code },
  { name: 'Mức độ', type: 'text', cell: ({ severity }) => (severity === 'error' ? 'Lỗi' : 'Cảnh báo') },
  { name: 'Nội dung', type: 'text', cell: ({ message }) => message.vi },
  { name: 'Nội dung tiếng Anh', type: 'text', cell: ({ message }) => message.en },
];

/** The beginning of a list of issues as CSV for Excel: the byte order mark and the names of its columns. */
export function issueListHeading(separator: Delimiter): string {
  return csvHeading(columns, separator);
}

/**
 * One issue as a row of the list, with its end. So the complete list of a file, which may have millions, can be
 * written while it is checked and is never held.
 */
export function issueListRow(issue: Issue, separator: Delimiter): string {
  return csvRow(columns, issue, separator);
}

/** A list of issues as a CSV file, for lists that are held anyway. */
export function writeIssueList(issues: Iterable<Issue>, separator: Delimiter): string {
  return writeCsv(columns, issues, separator);
}
