import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireUnit } from '../arguments.ts';
import { runReported } from '../command-error.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { timeText } from '../time-text.ts';

interface WithdrawOptions {
  reason: string;
  unit?: string;
  json?: boolean;
  api?: string;
}

/**
 * `tiendo withdraw ID --reason "…" [--unit 74] [--json] [--api URL]`: takes an accepted submission back. A
 * province withdraws its own; a coordinator names the unit. Asked again it says when and why that was done. Exit 2 for
 * wrong usage, 3 when the API refuses.
 */
export function withdrawCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('withdraw')
    .description('Rút một lượt nộp đã được nhận · take an accepted submission back')
    .argument('<id>', 'mã lượt nộp trên biên nhận · the id on the receipt')
    .requiredOption('--reason <text>', 'lý do, bắt buộc và được lưu lại · why; it is kept')
    .option(
      '--unit <id>',
      'đơn vị; tài khoản địa phương không cần · the unit; a province account has its own',
    )
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .action(async (id: string, { reason, unit, json = false, api }: WithdrawOptions) => {
      await runReported(
        command,
        async ({ print }) => {
          if (unit !== undefined) requireUnit(loadCatalogue(), unit);
          const session = await resolveSession({ api }, machine);
          const inputs = { params: { id }, query: { unit }, body: { reason } };
          const { body: before } = await callRoute(session, 'GET /submissions/{id}', {
            params: { id },
            query: { unit },
          });
          const { body } = await callRoute(session, 'POST /submissions/{id}/withdraw', inputs);
          const isRepeated = before.withdrawnAt !== undefined;
          print(json ? JSON.stringify(body, null, 2) : withdrawalText(body, isRepeated));
        },
        explainApiFault,
      );
    });
  return command;
}

/** What was done, or had been done before, with the reason that is kept; and which copies must be sent again. */
function withdrawalText(
  {
    id,
    withdrawnAt = '',
    withdrawalReason = '',
    unpublishedCopies,
  }: AnswerOf<'POST /submissions/{id}/withdraw'>,
  isRepeated: boolean,
): string {
  const at = timeText(withdrawnAt);
  const copies = unpublishedCopies.join(', ');
  return [
    isRepeated
      ? `${id} đã được rút từ trước, lúc ${at} · was withdrawn before (${withdrawalReason})`
      : `Đã rút lúc ${at} · withdrawn: ${id} (${withdrawalReason})`,
    ...(copies
      ? [
          `Lượt nộp ${copies} cùng nội dung vẫn chưa được công bố; muốn số liệu được tính, hãy nộp lại tệp.`,
          `${copies}, the same file, stays unpublished; send the file again if its figures are to count.`,
        ]
      : []),
  ].join('\n');
}
