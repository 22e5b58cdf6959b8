import { Command } from 'commander';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type Assessment, assessUnit, stateNames } from '../../shared/domain/assessment.ts';
import {
  dayOf,
  endOfDay,
  formatDay,
  type Instant,
  parseAsOf,
  periodDays,
} from '../../shared/domain/calendar.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import { type Check, checkFile } from '../../shared/domain/intake/check-file.ts';
import type { Figure, Publication } from '../../shared/domain/observation.ts';
import { openSourceFile } from '../source-file.ts';

interface AssessOptions {
  unit: string;
  asOf: string;
  json?: boolean;
}

/**
 * `tiendo assess FILE… --unit 74 --as-of DATE [--json]`: what these files, taken as the only ones, would mean
 * for the unit. Exit 1 when a file is rejected, 2 for an unreadable file, an unknown unit or a bad date.
 */
export function assessCommand(): Command {
  const command = new Command('assess')
    .description('Đánh giá một đơn vị chỉ theo các tệp này · assess a unit by these files alone')
    .argument('<file...>', 'tệp CSV hoặc JSON, tệp sau thay số liệu trùng của tệp trước · CSV or JSON files')
    .requiredOption('--unit <id>', 'đơn vị, ví dụ 74 hoặc BTTTT · the unit')
    .requiredOption('--as-of <date>', 'đến hết ngày này, hoặc thời điểm có múi giờ · a date or an instant')
    .option('--json', 'in dạng JSON · print JSON')
    // Whatever commander itself finds wrong is wrong usage.
    .exitOverride((error) => process.exit(error.exitCode === 1 ? 2 : error.exitCode))
    .action(async (paths: string[], { unit, asOf: date, json }: AssessOptions) => {
      const print = (text: string) => command.configureOutput().writeOut?.(`${text}\n`);
      const complain = (text: string) => command.configureOutput().writeErr?.(`${text}\n`);
      const catalogue = loadCatalogue();
      const known = findUnit(catalogue, unit);
      if (!known) {
        return command.error(
          `Không có đơn vị "${unit}" trong danh mục · no unit "${unit}" in the catalogue`,
          {
            exitCode: 2,
          },
        );
      }
      const asOf = parseAsOf(date);
      if (asOf === undefined) {
        return command.error(
          `Không phải ngày hoặc thời điểm: "${date}" · not a date or an instant: "${date}"`,
          {
            exitCode: 2,
          },
        );
      }
      const publications: Publication[] = [];
      let isRejected = false;
      for (const [index, path] of paths.entries()) {
        const file = await openSourceFile(path).catch((error: Error) =>
          command.error(`Không đọc được tệp ${path} · cannot read ${path}: ${error.message}`, {
            exitCode: 2,
          }),
        );
        const check = await checkFile(file, {
          catalogue,
          areas: loadAreas(),
          unitId: unit,
          receivedAt: afterAllPeriods,
        });
        if (check.verdict === 'rejected') {
          complain(rejectionText(path, check));
          isRejected = true;
        }
        publications.push(...publishAtPeriodEnds(check.figures, index));
      }
      if (isRejected) {
        process.exitCode = 1;
        return;
      }
      const assessments = assessUnit(catalogue, unit, publications, asOf);
      print(json ? JSON.stringify(assessments, null, 2) : assessmentTable(known.name, asOf, assessments));
    });
  return command;
}

/** Checked as if received when every period is over, each figure is as at its period's last day. */
const afterAllPeriods = endOfDay('9999-12-31');

/**
 * A file's figures as publications, each received and accepted at the end of the last day of its period, so
 * that one whose period is still to end is not yet known; nor is a completion before its day. Of two files
 * the later one, by `index`, is the later submission.
 */
export function publishAtPeriodEnds(figures: readonly Figure[], index: number): Publication[] {
  const knownOn = ({ period, completedOn = '' }: Figure) => {
    const { last } = periodDays(period);
    return completedOn > last ? completedOn : last;
  };
  return [...Map.groupBy(figures, knownOn)].map(([day, known]) => ({
    submissionId: String(index).padStart(26, '0'),
    receivedAt: endOfDay(day),
    acceptedAt: endOfDay(day),
    figures: known,
  }));
}

/** Why a file was rejected, one line an issue, in both languages. */
function rejectionText(path: string, { issues }: Check): string {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const lines = errors.map(({ code, row, column, cell, message }) => {
    const place = cell ?? [row === undefined ? '' : `${row}`, column ?? ''].filter(Boolean).join(' ');
    return `  ${[place, code].filter(Boolean).join(' ')}: ${message.vi} · ${message.en}`;
  });
  return [`Tệp ${path} không hợp lệ · ${path} is rejected`, ...lines].join('\n');
}

/** The assessments for people: one line an obligation with its state, due date and reason. */
function assessmentTable(unitName: string, asOf: Instant, assessments: readonly Assessment[]): string {
  const rows = assessments.map(({ obligation, state, due, reason }) => [
    obligation.slice(obligation.indexOf(':') + 1),
    due === null ? '' : formatDay(due),
    stateNames[state].vi,
    reason.vi,
  ]);
  const heading = ['Chỉ tiêu', 'Thời hạn', 'Trạng thái', 'Lý do'];
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const lines = [heading, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`${unitName}, tính đến ${timeText(asOf)}`, '', ...lines].join('\n');
}

/** An instant as clocks in Vietnam show it, to the second: `23:59:59 30/06/2022`. */
function timeText(instant: Instant): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', timeStyle: 'medium' });
  return `${time.format(Date.parse(instant))} ${formatDay(dayOf(instant))}`;
}
