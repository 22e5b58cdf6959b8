import { Command } from 'commander';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { dayOf, endOfDay, formatDay, type Instant, parseAsOf } from '../../shared/domain/calendar.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import { type Check, checkFile, seriesOf } from '../../shared/domain/intake/check-file.ts';
import type { Issue } from '../../shared/domain/issue.ts';
import { openSourceFile } from '../source-file.ts';

interface CheckOptions {
  unit: string;
  asOf?: string;
  json?: boolean;
}

/**
 * `tiendo check FILE --unit 74 [--as-of DATE] [--json]`: whether a file would count, before it is sent.
 * Nothing leaves this machine. Exit 0 accepted, 1 rejected, 2 for an unreadable file, an unknown unit or a
 * bad date.
 */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('Kiểm tra tệp trước khi gửi · check a file before it is sent')
    .argument('<file>', 'tệp CSV hoặc JSON · a CSV or JSON file')
    .requiredOption('--unit <id>', 'đơn vị, ví dụ 74 hoặc BTTTT · the unit')
    .option('--as-of <date>', 'ngày nhận tệp, mặc định hôm nay · the day of receipt, default today')
    .option('--json', 'in dạng JSON · print JSON')
    .action(async (path: string, { unit, asOf, json }: CheckOptions) => {
      const usageError = (text: string) => command.error(text, { exitCode: 2 });
      const catalogue = loadCatalogue();
      if (!findUnit(catalogue, unit)) {
        usageError(`Không có đơn vị "${unit}" trong danh mục · no unit "${unit}" in the catalogue`);
      }
      const receivedAt = asOf === undefined ? endOfToday() : parseAsOf(asOf);
      if (receivedAt === undefined) {
        return usageError(`Không phải ngày: "${asOf}" · not a date: "${asOf}"`);
      }
      const file = await openSourceFile(path).catch((error: Error) =>
        usageError(`Không đọc được tệp ${path} · cannot read ${path}: ${error.message}`),
      );
      const check = await checkFile(file, { catalogue, areas: loadAreas(), unitId: unit, receivedAt });
      const text = json ? JSON.stringify(checkJson(check), null, 2) : checkText(check, path, receivedAt);
      command.configureOutput().writeOut?.(`${text}\n`);
      process.exitCode = check.verdict === 'accepted' ? 0 : 1;
    });
  return command;
}

/** The check as `--json` prints it. */
export function checkJson(check: Check): object {
  const { verdict, file, rows, observations, issues, issueCounts } = check;
  return { verdict, file, rows, observations, issues, issueCounts, series: seriesOf(check) };
}

/** The check for people, Vietnamese first: verdict, what was detected, the figures, the issues by code. */
export function checkText(check: Check, path: string, receivedAt: Instant): string {
  const { verdict, file, rows, observations, issues, issueCounts } = check;
  const said = verdict === 'accepted' ? 'HỢP LỆ · accepted' : 'BỊ TỪ CHỐI · rejected';
  const detected = [
    `${file.format}, ${file.encoding}${file.bom ? ' (BOM)' : ''}`,
    ...(file.delimiter
      ? [`dấu phân cách · delimiter ${file.delimiter === '\t' ? 'tab' : file.delimiter}`]
      : []),
    ...(file.decimal ? [`dấu thập phân · decimal ${file.decimal}`] : []),
    `${file.bytes} byte`,
  ];
  const lines = [
    `${path}: ${said}`,
    `  Ngày nhận · received  ${formatDay(dayOf(receivedAt))}`,
    `  Tệp · file            ${detected.join('; ')}`,
    `  SHA-256               ${file.sha256}`,
    `  Dòng số liệu · rows   ${rows}, không lỗi · without error ${observations}`,
    ...figureLines(check),
  ];
  for (const [code, count] of Object.entries(issueCounts)) {
    const kept = issues.filter((issue) => issue.code === code);
    lines.push(
      '',
      `${kept[0]?.severity === 'warning' ? 'Cảnh báo · warning' : 'Lỗi · error'} ${code}: ${count}`,
    );
    for (const issue of kept) lines.push(...issueLines(issue));
    if (count > kept.length)
      lines.push(`  … và ${count - kept.length} mục nữa · and ${count - kept.length} more`);
  }
  return lines.join('\n');
}

function issueLines(issue: Issue): string[] {
  const place = [
    ...(issue.cell ? [`ô ${issue.cell}`] : issue.row ? [`dòng ${issue.row}`] : []),
    ...(issue.column ? [`“${issue.column}”`] : []),
  ].join(' ');
  return [`  ${place ? `${place}: ` : ''}${issue.message.vi}`, `    ${issue.message.en}`];
}

function figureLines(check: Check): string[] {
  const series = seriesOf(check);
  if (series.length === 0) return [];
  const heading = ['Chỉ tiêu', 'Kỳ', 'Tính đến', 'Tử số', 'Mẫu số', 'Giá trị', 'Địa bàn'];
  const table = [
    heading,
    ...series.map(({ indicator, period, asAt, numerator, denominator, value, areas }) =>
      [
        indicator,
        period,
        formatDay(asAt),
        numerator ?? '',
        denominator ?? '',
        value.replace('.', ','),
        areas,
      ].map(String),
    ),
  ];
  const widths = heading.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return [
    '',
    ...table.map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}`,
    ),
  ];
}

/** The only place where the check reads the clock. */
function endOfToday(): Instant {
  return endOfDay(dayOf(new Date().toISOString()));
}
