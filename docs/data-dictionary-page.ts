import type { NamedQuery, Parameter } from '../shared/domain/named-query.ts';
import type { Column, Layout, Table } from '../shared/domain/tables/table.ts';
import type { View } from '../shared/domain/views.ts';

const introduction = `# Từ điển dữ liệu · data dictionary

<!-- Generated from shared/domain/tables.ts, views.ts and named-queries by "npm run docs"; do not edit. -->

Các bảng dành cho phân tích: tất cả những gì đã được báo cáo và quyết định. Cùng một bộ tệp Parquet được đọc bằng Athena (trên
đám mây, cơ sở dữ liệu \`tiendo\`) và bằng DuckDB (trên máy này, \`npx tiendo query "SELECT …"\`).

- \`DATE\` là ngày theo giờ Việt Nam (Asia/Ho_Chi_Minh). \`TIMESTAMP\` là thời điểm theo UTC, không ghi múi giờ, đến mili giây: cộng 7 giờ để có giờ Việt Nam.
- \`BIGINT\` là số nguyên. \`DECIMAL(p,s)\` là số thập phân chính xác, tối đa p chữ số, trong đó s chữ số sau dấu phẩy.
- Tỷ lệ tính bằng phần trăm, từ 0 đến 100. Cột không ghi "null" thì luôn có giá trị.

The tables for analysts: everything that was reported and decided. Athena (in the cloud, database \`tiendo\`) and DuckDB (on this
machine, \`npx tiendo query "SELECT …"\`) read the very same Parquet files.

- A \`DATE\` is a calendar day in Vietnam (Asia/Ho_Chi_Minh). A \`TIMESTAMP\` is an instant in UTC without zone, to the millisecond: add 7 hours for the time in Vietnam.
- A \`BIGINT\` is a whole number. A \`DECIMAL(p,s)\` is exact, with at most p digits, s of them after the point.
- Percentages are from 0 to 100. A column not marked "null" always has a value.
`;

/** The dictionary of everything that can be queried, in both languages: tables, views and named queries. */
export function dataDictionaryPage({
  tables,
  views,
  queries,
}: {
  tables: readonly Table[];
  views: readonly View[];
  queries: readonly NamedQuery[];
}): string {
  return [
    introduction,
    '## Bảng · tables',
    ...tables.flatMap((table) => [
      ...headOf(table),
      `Tệp · objects: ${objectsOf(table)}`,
      columnTable(table.columns),
    ]),
    '## Khung nhìn · views',
    ...views.flatMap((view) => [...headOf(view), columnTable(view.columns), fenced(view.sql)]),
    '## Truy vấn có sẵn · named queries',
    'Trong Athena: các truy vấn đã lưu của nhóm làm việc `tiendo`. Trên máy này: `npx tiendo query --named overdue-by-body --param day=2022-07-01`.',
    'In Athena: the saved queries of the workgroup `tiendo`. On this machine: `npx tiendo query --named overdue-by-body --param day=2022-07-01`.',
    ...queries.flatMap((query) => [
      `### \`${query.name}\``,
      `**${query.title.vi} · ${query.title.en}**`,
      `- ${query.description.vi}\n- ${query.description.en}`,
      parameterTable(query.parameters),
      fenced(query.sql),
    ]),
  ]
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .concat('\n');
}

function headOf({ name, title, grain }: Pick<Table, 'name' | 'title' | 'grain'>): string[] {
  return [
    `### \`${name}\``,
    `**${title.vi} · ${title.en}**`,
    `- Mỗi dòng: ${lowerFirst(grain.vi)}.\n- Each row: ${lowerFirst(grain.en)}.`,
  ];
}

const byUnit = 'cột phân vùng trong Athena · partition column in Athena: `unit`';
const byDay = 'cột phân vùng trong Athena · partition column in Athena: `day`';

function objectsOf({ name, layout }: Table): string {
  const objects: Readonly<Record<Layout, string>> = {
    whole: `\`${name}/${name}.parquet\``,
    unit: `\`${name}/unit=74/${name}.parquet\`; ${byUnit}`,
    submission: `\`${name}/unit=74/<submission_id>-0001.parquet\`; ${byUnit}`,
    day: `\`${name}/day=2022-07-01/${name}.parquet\`; ${byDay}`,
  };
  return objects[layout];
}

function columnTable(columns: readonly Column[]): string {
  return markdownTable(
    ['cột · column', 'kiểu · type', 'null', 'nội dung', 'content', 'đơn vị đo · unit of measure'],
    columns.map(({ name, type, isNullable, title, unit }) => [
      `\`${name}\``,
      type,
      isNullable ? 'null' : '',
      title.vi,
      title.en,
      unit ? `${unit.vi} · ${unit.en}` : '',
    ]),
  );
}

function parameterTable(parameters: readonly Parameter[]): string {
  return markdownTable(
    ['tham số · parameter', 'mặc định · default', 'nội dung', 'content'],
    parameters.map((parameter) => [
      `\`${parameter.name}\``,
      `\`${parameter.default}\``,
      parameter.title.vi,
      parameter.title.en,
    ]),
  );
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function fenced(sql: string): string {
  return `\`\`\`sql\n${sql}\n\`\`\``;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
