import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { formatDay } from '../../shared/domain/calendar.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireDay } from '../arguments.ts';
import { CommandError, runReported } from '../command-error.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';
import { timeText } from '../time-text.ts';

interface DueOptions {
  reason?: string;
  json?: boolean;
  api?: string;
}

/**
 * `tiendo due OBLIGATION [DATE|none] [--reason "…"] [--json] [--api URL]`: sets or withdraws the due date of an
 * obligation that is due by a plan; without a date its history. Exit 2 for wrong usage, 3 when the API refuses.
 */
export function dueCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('due')
    .description(
      'Xem, đặt hoặc bỏ thời hạn theo kế hoạch của một chỉ tiêu · a due date by plan: see, set, withdraw',
    )
    .argument('<obligation>', 'đơn vị và chỉ tiêu, ví dụ BCA:I.2.1 · unit and indicator')
    .argument(
      '[date]',
      'ngày đến hạn, hoặc none để bỏ; để trống: xem lịch sử · the day, or none; else history',
    )
    .option('--reason <text>', 'lý do, bắt buộc khi đổi và được lưu lại · why; needed for a change, and kept')
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .action(async (id: string, date: string | undefined, { reason, json, api }: DueOptions) => {
      await runReported(
        command,
        async ({ print }) => {
          const change = date === undefined ? undefined : requireChange(date, reason);
          if (!change && reason !== undefined) throw dateNeeded();
          const session = await resolveSession({ api }, machine);
          const params = { id };
          const { body } = change
            ? await callRoute(session, 'PUT /obligations/{id}/due', { params, body: change })
            : await callRoute(session, 'GET /obligations/{id}/due', { params });
          print(json ? JSON.stringify(body, null, 2) : historyText(body));
        },
        explainApiFault,
      );
    });
  return command;
}

function requireChange(date: string, reason: string | undefined): { due: string | null; reason: string } {
  if (reason === undefined) {
    throw new CommandError('Hãy cho biết lý do: thêm --reason "…".', 'Say why: add --reason "…".', 2);
  }
  return { due: date === 'none' ? null : requireDay(date), reason };
}

function dateNeeded(): CommandError {
  return new CommandError(
    'Hãy ghi ngày đến hạn, hoặc none để bỏ, sau mã chỉ tiêu.',
    'Write the day, or none to withdraw it, after the obligation.',
    2,
  );
}

/** The date an obligation has, and how it came to it, the latest change first. */
function historyText({ obligation, due, dueDates }: AnswerOf<'GET /obligations/{id}/due'>): string {
  const heading = `${obligation}: ${due === null ? 'chưa có thời hạn · no due date' : `thời hạn · due ${formatDay(due)}`}`;
  if (dueDates.length === 0) return heading;
  const catalogue = loadCatalogue();
  const rows = dueDates
    .toReversed()
    .map(({ at, due: set, unit, reason }) => [
      timeText(at),
      set === null ? 'bỏ · none' : formatDay(set),
      findUnit(catalogue, unit)?.name ?? unit,
      reason,
    ]);
  return [heading, '', ...tableLines([['Lúc', 'Thời hạn', 'Người đặt', 'Lý do'], ...rows])].join('\n');
}
