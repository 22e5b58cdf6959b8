import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import type { SilenceTarget } from '../../shared/domain/silence.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireAsOf, requireUnit } from '../arguments.ts';
import { CommandError, runReported } from '../command-error.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';
import { timeText } from '../time-text.ts';

interface Target {
  json?: boolean;
  api?: string;
}

interface StartOptions extends Target {
  unit?: string;
  task?: string;
  coordinator?: string;
  until?: string;
  reason?: string;
}

type Silence = AnswerOf<'POST /silences'>;

/**
 * `tiendo silence --unit U|--task T|--coordinator C --until DATE --reason "…"`, `silence end ID` and `silence
 * list`: holds messages back for at most 90 days; what is over is told all the same. Exit 2 for wrong usage, 3
 * when the API refuses.
 */
export function silenceCommand(machine: Machine = thisMachine()): Command {
  const command = withTarget(new Command('silence'))
    .description('Tạm ngưng nhắc · hold messages back')
    .option('--unit <id>', 'về một đơn vị · about a unit')
    .option('--task <ref>', 'về một nhiệm vụ, ví dụ II.9 · about a task')
    .option('--coordinator <id>', 'tới một đầu mối · to a coordinator')
    .option('--until <date>', 'đến hết ngày này, hoặc thời điểm có múi giờ · a date or an instant')
    .option('--reason <text>', 'lý do, bắt buộc và được lưu lại · why; it is kept')
    .action(async (options: StartOptions) => {
      await runReported(
        command,
        async ({ print }) => {
          const body = readRequest(options);
          const session = await resolveSession(options, machine);
          const { body: silence } = await callRoute(session, 'POST /silences', { body });
          const said = `Đã tạm ngưng đến ${timeText(silence.until)} · silenced: ${targetText(silence)}`;
          print(
            options.json ? JSON.stringify(silence, null, 2) : `${said}\n${silence.id} (tiendo silence end)`,
          );
        },
        explainApiFault,
      );
    });
  return command.addCommand(endCommand(machine)).addCommand(listCommand(machine));
}

function endCommand(machine: Machine): Command {
  const command = withTarget(new Command('end'))
    .description('Kết thúc một lượt tạm ngưng · end a silence')
    .argument('<id>', 'mã của lượt tạm ngưng · the id of the silence')
    .action(async (id: string, { json, api }: Target) => {
      await runReported(
        command,
        async ({ print }) => {
          const session = await resolveSession({ api }, machine);
          const { body } = await callRoute(session, 'POST /silences/{id}/end', { params: { id } });
          const at = timeText(body.endedAt ?? body.until);
          print(json ? JSON.stringify(body, null, 2) : `Đã kết thúc lúc ${at} · ended: ${targetText(body)}`);
        },
        explainApiFault,
      );
    });
  return command;
}

function listCommand(machine: Machine): Command {
  const command = withTarget(new Command('list'))
    .description('Các lượt tạm ngưng, đang có hiệu lực trước · silences, those in force first')
    .action(async ({ json, api }: Target) => {
      await runReported(
        command,
        async ({ print }) => {
          const session = await resolveSession({ api }, machine);
          const { body } = await callRoute(session, 'GET /silences', {});
          print(json ? JSON.stringify(body, null, 2) : listText(body.silences));
        },
        explainApiFault,
      );
    });
  return command;
}

function withTarget(command: Command): Command {
  return command
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run');
}

function readRequest({ unit, task, coordinator, until, reason }: StartOptions) {
  const targets: SilenceTarget[] = [
    ...(unit === undefined ? [] : [{ unit: requireUnit(loadCatalogue(), unit).id }]),
    ...(task === undefined ? [] : [{ task }]),
    ...(coordinator === undefined ? [] : [{ coordinator }]),
  ];
  const [target, ...others] = targets;
  if (!target || others.length > 0) {
    throw new CommandError(
      'Hãy ghi đúng một trong --unit, --task, --coordinator.',
      'Give exactly one of --unit, --task and --coordinator.',
      2,
    );
  }
  if (until === undefined || reason === undefined) {
    throw new CommandError('Hãy ghi cả --until và --reason.', 'Give both --until and --reason.', 2);
  }
  requireAsOf(until);
  return { target, until, reason };
}

function listText(silences: readonly Silence[]): string {
  if (silences.length === 0) return 'Không có lượt tạm ngưng nào · no silences';
  const catalogue = loadCatalogue();
  const rows = silences.map((silence) => [
    silence.isInForce ? 'đang có hiệu lực' : 'đã hết',
    targetText(silence),
    timeText(silence.at),
    timeText(silence.endedAt ?? silence.until),
    findUnit(catalogue, silence.unit)?.name ?? silence.unit,
    silence.reason,
    silence.id,
  ]);
  const heading = ['Tình trạng', 'Tạm ngưng', 'Từ', 'Đến', 'Người đặt', 'Lý do', 'Mã'];
  return tableLines([heading, ...rows]).join('\n');
}

function targetText({ target }: Pick<Silence, 'target'>): string {
  if ('unit' in target) return `đơn vị ${target.unit}`;
  if ('task' in target) return `nhiệm vụ ${target.task}`;
  return `đầu mối ${target.coordinator}`;
}
