import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { stateNames, states } from '../../shared/domain/assessment.ts';
import { type Catalogue, findUnit } from '../../shared/domain/catalogue.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireAsOf, requireUnit } from '../arguments.ts';
import { assessmentText } from '../assessment-text.ts';
import { type Printer, runReported } from '../command-error.ts';
import { reportingText } from '../reporting-text.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';
import { timeText } from '../time-text.ts';
import { readViewer } from '../viewer.ts';

interface ScoreboardOptions {
  asOf?: string;
  unit?: string;
  json?: boolean;
  api?: string;
}

/**
 * `tiendo scoreboard [--as-of DATE] [--unit 74] [--json] [--api URL]`: how many obligations of each unit are in
 * each state and how it reported, or with `--unit`, and always for a province account, every obligation of one
 * unit with its reason.
 * Exit 2 for wrong usage, 3 when the API refuses.
 */
export function scoreboardCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('scoreboard')
    .description('Bảng tổng hợp mọi đơn vị, hoặc đánh giá một đơn vị · the states of all units, or of one')
    .option(
      '--as-of <date>',
      'đến hết ngày này, hoặc thời điểm có múi giờ · a date or an instant, default now',
    )
    .option('--unit <id>', 'chỉ đơn vị này; tài khoản địa phương luôn xem đơn vị mình · this unit only')
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .action(async (options: ScoreboardOptions) => {
      await runReported(command, (printer) => showScoreboard(options, machine, printer), explainApiFault);
    });
  return command;
}

async function showScoreboard(
  { asOf: asked, unit: named, json, api: address }: ScoreboardOptions,
  machine: Machine,
  { print }: Printer,
): Promise<void> {
  const catalogue = loadCatalogue();
  const asOf = asked === undefined ? undefined : requireAsOf(asked);
  if (named !== undefined) requireUnit(catalogue, named);
  const api = await resolveSession({ api: address }, machine);
  const viewer = await readViewer(api);
  const unit = named ?? (viewer?.role === 'province' ? viewer.unit : undefined);
  if (unit === undefined) {
    const { body } = await callRoute(api, 'GET /scoreboard', { query: { asOf } });
    const text = () =>
      [scoreboardText(catalogue, body), reportingText(catalogue, body.reporting)].join('\n\n');
    print(json ? JSON.stringify(body, null, 2) : text());
    return;
  }
  const { body } = await callRoute(api, 'GET /units/{unit}', { params: { unit }, query: { asOf } });
  const name = findUnit(catalogue, unit)?.name ?? unit;
  print(json ? JSON.stringify(body, null, 2) : assessmentText(name, body.asOf, body.assessments));
}

/** The counts for people: the nation's states first, then one line a unit. */
function scoreboardText(catalogue: Catalogue, { asOf, nation, units }: AnswerOf<'GET /scoreboard'>): string {
  const cells = (counts: Readonly<Record<(typeof states)[number], number>>) =>
    states.map((state) => String(counts[state]));
  const rows = units.map(({ unit, counts }) => [
    unit,
    findUnit(catalogue, unit)?.name ?? '',
    ...cells(counts),
  ]);
  const heading = ['Mã', 'Đơn vị', ...states.map((state) => shortNames[state])];
  const legend = states.map((state) => `${shortNames[state]} = ${stateNames[state].en}`).join(', ');
  const total = ['', 'Cả nước', ...cells(nation)];
  const table = tableLines([heading, total, ...rows], { right: states.map((_, index) => index + 2) });
  return [`Tính đến ${timeText(asOf)}`, legend, '', ...table].join('\n');
}

/** The states as the heads of narrow columns. */
const shortNames: Readonly<Record<(typeof states)[number], string>> = {
  met: 'đạt',
  unscheduled: 'không hạn',
  'met-late': 'đạt muộn',
  overdue: 'quá hạn',
  'at-risk': 'nguy cơ',
  'on-track': 'đúng tiến độ',
  awaited: 'chờ số liệu',
};
