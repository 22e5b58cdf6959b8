import { Command } from 'commander';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { assessUnit } from '../../shared/domain/assessment.ts';
import { endOfDay, periodDays } from '../../shared/domain/calendar.ts';
import { type Check, checkFile } from '../../shared/domain/intake/check-file.ts';
import type { Figure, Publication } from '../../shared/domain/observation.ts';
import { requireAsOf, requireFile, requireUnit } from '../arguments.ts';
import { assessmentText } from '../assessment-text.ts';
import { exitCodes, type Printer, runReported } from '../command-error.ts';

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
    .action(async (paths: string[], options: AssessOptions) => {
      await runReported(command, (printer) => assess(paths, options, printer));
    });
  return command;
}

async function assess(
  paths: readonly string[],
  { unit: unitId, asOf: date, json }: AssessOptions,
  { print, complain }: Printer,
): Promise<void> {
  const catalogue = loadCatalogue();
  const unit = requireUnit(catalogue, unitId);
  const asOf = requireAsOf(date);
  const publications: Publication[] = [];
  let isRejected = false;
  for (const [index, path] of paths.entries()) {
    const context = { catalogue, areas: loadAreas(), unitId, receivedAt: afterAllPeriods };
    const check = await checkFile(await requireFile(path), context);
    if (check.verdict === 'rejected') {
      complain(rejectionText(path, check));
      isRejected = true;
    }
    publications.push(...publishAtPeriodEnds(check.figures, index));
  }
  if (isRejected) {
    process.exitCode = exitCodes.rejected;
    return;
  }
  const assessments = assessUnit(catalogue, unitId, publications, asOf, []);
  print(json ? JSON.stringify(assessments, null, 2) : assessmentText(unit.name, asOf, assessments));
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
