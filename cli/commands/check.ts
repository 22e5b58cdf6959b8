import { Command } from 'commander';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { dayOf, endOfDay, formatDay, type Instant } from '../../shared/domain/calendar.ts';
import { dryRun } from '../../shared/domain/check-upload.ts';
import { dryRunReport } from '../../shared/domain/dry-run-report.ts';
import { type Check, checkFile, seriesOf } from '../../shared/domain/intake/check-file.ts';
import type { SourceFile } from '../../shared/domain/intake/source-file.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireAsOf, requireFile, requireUnit } from '../arguments.ts';
import { exitCodes, type Printer, runReported } from '../command-error.ts';
import { differenceLines } from '../difference-text.ts';
import { fileFactsText } from '../file-facts-text.ts';
import { issueLines } from '../issue-text.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';

interface CheckOptions {
  unit: string;
  asOf?: string;
  json?: boolean;
  api?: string;
}

/**
 * `tiendo check FILE --unit 74 [--as-of DATE] [--json] [--api URL]`: whether a file would count, before it is
 * sent. The file never leaves this machine. With `--api` it is checked against what the unit has published there,
 * at that API's time, as its dry run does. Exit 0 accepted, 1 rejected, 2 for an unreadable file, an unknown unit
 * or a bad date, 3 when the API does not answer or refuses.
 */
export function checkCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('check')
    .description('Kiểm tra tệp trước khi gửi · check a file before it is sent')
    .argument('<file>', 'tệp CSV hoặc JSON · a CSV or JSON file')
    .requiredOption('--unit <id>', 'đơn vị, ví dụ 74 hoặc BTTTT · the unit')
    .option('--as-of <date>', 'ngày nhận tệp, mặc định hôm nay · the day of receipt, default today')
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'so với số liệu đã công bố ở API này · compare with what is published there')
    .action(async (path: string, options: CheckOptions) => {
      await runReported(
        command,
        async (printer) => {
          const unitId = requireUnit(loadCatalogue(), options.unit).id;
          const asOf = options.asOf === undefined ? undefined : requireAsOf(options.asOf);
          const file = await requireFile(path);
          const verdict =
            options.api === undefined
              ? await checkAlone({ path, file, unitId, asOf }, options, printer)
              : await checkAgainst(options.api, { path, file, unitId, asOf }, options, machine, printer);
          process.exitCode = verdict === 'accepted' ? 0 : exitCodes.rejected;
        },
        explainApiFault,
      );
    });
  return command;
}

/** A file, and what it is to be checked as. */
interface Subject {
  path: string;
  file: SourceFile;
  unitId: string;
  asOf: Instant | undefined;
}

/** Checks a file by itself. */
async function checkAlone(
  { path, file, unitId, asOf = endOfToday() }: Subject,
  { json }: CheckOptions,
  { print }: Printer,
): Promise<Check['verdict']> {
  const context = { catalogue: loadCatalogue(), areas: loadAreas(), unitId, receivedAt: asOf };
  const check = await checkFile(file, context);
  print(json ? JSON.stringify(checkJson(check), null, 2) : checkText(check, path, asOf));
  return check.verdict;
}

/** Checks a file against what its unit has published, by the code of the API's own dry run. */
async function checkAgainst(
  address: string,
  { path, file, unitId, asOf }: Subject,
  { json }: CheckOptions,
  machine: Machine,
  { print }: Printer,
): Promise<Check['verdict']> {
  const api = await resolveSession({ api: address }, machine);
  const { body } = await callRoute(api, 'GET /units/{unit}/published', { params: { unit: unitId } });
  const receivedAt = asOf ?? body.asOf;
  const context = { catalogue: loadCatalogue(), areas: loadAreas(), unitId, receivedAt };
  const result = await dryRun(file, context, body);
  const report = dryRunReport(result);
  if (json) print(JSON.stringify({ ...report, series: seriesOf(result.check) }, null, 2));
  else {
    const difference = differenceLines(report.difference, report.differenceCounts);
    const lines = report.verdict === 'accepted' ? difference : [];
    print([checkText(result.check, path, receivedAt), ...lines].join('\n'));
  }
  return report.verdict;
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
  return [
    `${path}: ${said}`,
    `  Ngày nhận · received  ${formatDay(dayOf(receivedAt))}`,
    `  Tệp · file            ${fileFactsText(file)}; ${file.bytes} byte`,
    `  SHA-256               ${file.sha256}`,
    `  Dòng số liệu · rows   ${rows}, không lỗi · without error ${observations}`,
    ...figureLines(check),
    ...issueLines(issues, issueCounts, '--json'),
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
