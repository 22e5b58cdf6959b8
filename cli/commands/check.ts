import { Command } from 'commander';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { dayOf, endOfDay, formatDay, type Instant } from '../../shared/domain/calendar.ts';
import { type Check, checkFile, seriesOf } from '../../shared/domain/intake/check-file.ts';
import { requireAsOf, requireFile, requireUnit } from '../arguments.ts';
import { runReported } from '../command-error.ts';
import { issueLines } from '../issue-text.ts';
import { tableLines } from '../text-table.ts';

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
      await runReported(command, async ({ print }) => {
        const catalogue = loadCatalogue();
        const unitId = requireUnit(catalogue, unit).id;
        const receivedAt = asOf === undefined ? endOfToday() : requireAsOf(asOf);
        const file = await requireFile(path);
        const check = await checkFile(file, { catalogue, areas: loadAreas(), unitId, receivedAt });
        print(json ? JSON.stringify(checkJson(check), null, 2) : checkText(check, path, receivedAt));
        process.exitCode = check.verdict === 'accepted' ? 0 : 1;
      });
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
      ? [`dấu phân cách · delimiter ${file.delimiter === '\t' ? 'tab' : `“${file.delimiter}”`}`]
      : []),
    ...(file.decimal ? [`dấu thập phân · decimal “${file.decimal}”`] : []),
    `${file.bytes} byte`,
  ];
  return [
    `${path}: ${said}`,
    `  Ngày nhận · received  ${formatDay(dayOf(receivedAt))}`,
    `  Tệp · file            ${detected.join('; ')}`,
    `  SHA-256               ${file.sha256}`,
    `  Dòng số liệu · rows   ${rows}, không lỗi · without error ${observations}`,
    ...figureLines(check),
    ...issueLines(issues, issueCounts),
  ].join('\n');
}

function figureLines(check: Check): string[] {
  const series = seriesOf(check);
  if (series.length === 0) return [];
  const heading = ['Chỉ tiêu', 'Kỳ', 'Tính đến', 'Tử số', 'Mẫu số', 'Giá trị', 'Địa bàn'];
  const rows = series.map(({ indicator, period, asAt, numerator, denominator, value, areas }) =>
    [
      indicator,
      period,
      formatDay(asAt),
      numerator ?? '',
      denominator ?? '',
      value.replace('.', ','),
      areas,
    ].map(String),
  );
  return ['', ...tableLines([heading, ...rows]).map((line) => `  ${line}`)];
}

/** The only place where the check reads the clock. */
function endOfToday(): Instant {
  return endOfDay(dayOf(new Date().toISOString()));
}
