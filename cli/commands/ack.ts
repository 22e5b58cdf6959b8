import { Command } from 'commander';
import { callRoute } from '../../shared/client/call-route.ts';
import { dayOf, formatDay } from '../../shared/domain/calendar.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireDay } from '../arguments.ts';
import { runReported } from '../command-error.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';

interface AckOptions {
  comment: string;
  until: string;
  json?: boolean;
  api?: string;
}

const help = `
Mã cảnh báo có dấu | nên phải đặt trong dấu nháy; "tiendo alerts" in các mã. Nhắc nhở cho đơn vị tạm dừng đến hết ngày
đã ghi; việc chuyển lên cấp trên chỉ dừng khi người ghi nhận ở cấp đó hoặc cao hơn.
An id holds |, so put it in quotes; "tiendo alerts" prints them. Reminders to the unit wait until the end of that day;
an escalation stops only when whoever acknowledges stands at its level or above.`;

/**
 * `tiendo ack ALERT --comment "…" --until DATE [--json] [--api URL]`: takes note of an alert until the end of a
 * day, at most 14 days away. Exit 2 for wrong usage, 3 when the API refuses.
 */
export function ackCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('ack')
    .description('Ghi nhận một cảnh báo · take note of an alert')
    .argument('<alert>', 'mã cảnh báo, trong dấu nháy · the id of the alert, in quotes')
    .requiredOption('--comment <text>', 'sẽ làm gì, bắt buộc và được lưu lại · what will be done; it is kept')
    .requiredOption('--until <date>', 'đến hết ngày này, tối đa 14 ngày · until the end of this day')
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .addHelpText('after', help)
    .action(async (id: string, { comment, until, json = false, api }: AckOptions) => {
      await runReported(
        command,
        async ({ print }) => {
          const session = await resolveSession({ api }, machine);
          const inputs = { params: { id }, body: { comment, until: requireDay(until) } };
          const { body } = await callRoute(session, 'POST /alerts/{id}/acknowledge', inputs);
          const day = formatDay(dayOf(body.acknowledgement?.until ?? ''));
          print(
            json
              ? JSON.stringify(body, null, 2)
              : `Đã ghi nhận đến hết ${day} · acknowledged: ${id} (${comment})`,
          );
        },
        explainApiFault,
      );
    });
  return command;
}
