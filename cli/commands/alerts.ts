import { Command, Option } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Api } from '../../shared/client/api.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { type AlertState, alertStates } from '../../shared/domain/alert-view.ts';
import { alertStateNames, kindNames } from '../../shared/domain/alert-words.ts';
import { dayOf, formatDay } from '../../shared/domain/calendar.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireAsOf, requireUnit } from '../arguments.ts';
import { runReported } from '../command-error.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';

interface AlertsOptions {
  unit?: string;
  state?: AlertState;
  asOf?: string;
  json?: boolean;
  api?: string;
}

type Alerts = AnswerOf<'GET /alerts'>;
type Alert = Alerts['alerts'][number];

/**
 * `tiendo alerts [--unit 74] [--state open] [--as-of DATE] [--json] [--api URL]`: every alert decided about a
 * unit, those that last first; without a unit, and not for a province account, what lasts about all units. Exit 2
 * for wrong usage, 3 when the API refuses.
 */
export function alertsCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('alerts')
    .description('Xem các cảnh báo về một đơn vị, hoặc mọi đơn vị · the alerts about a unit, or all units')
    .option(
      '--unit <id>',
      'đơn vị; tài khoản địa phương không cần · the unit; a province account has its own',
    )
    .addOption(
      new Option('--state <state>', 'chỉ tình trạng này · only those in this state').choices(alertStates),
    )
    .option(
      '--as-of <date>',
      'như đã biết đến hết ngày này, hoặc thời điểm có múi giờ · a date or an instant',
    )
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .action(async ({ unit, state, asOf, json, api }: AlertsOptions) => {
      await runReported(
        command,
        async ({ print }) => {
          if (unit !== undefined) requireUnit(loadCatalogue(), unit);
          if (asOf !== undefined) requireAsOf(asOf);
          const session = await resolveSession({ api }, machine);
          const found = await readAll(session, { unit, state, asOf });
          print(json ? JSON.stringify(found, null, 2) : alertsText(found));
        },
        explainApiFault,
      );
    });
  return command;
}

/** All pages of the answer as one, all as of the instant of the first. */
async function readAll(
  api: Api,
  query: Partial<Record<'unit' | 'asOf', string | undefined>> & { state?: AlertState | undefined },
): Promise<Alerts> {
  const { body: first } = await callRoute(api, 'GET /alerts', { query });
  const { next: start, ...answer } = first;
  const alerts = [...first.alerts];
  for (let after = start; after !== undefined; ) {
    const { body } = await callRoute(api, 'GET /alerts', { query: { ...query, asOf: first.asOf, after } });
    alerts.push(...body.alerts);
    after = body.next;
  }
  return { ...answer, alerts };
}

/** The alerts for people, those that last first, then the latest: what, since when, where it stands, and why. */
function alertsText({ unit, alerts }: Alerts): string {
  const name = unit === undefined ? 'Mọi đơn vị · all units' : nameOf(unit);
  if (alerts.length === 0) return `${name}: không có cảnh báo · no alerts`;
  const lasting = alerts.filter(({ state }) => state === 'open' || state === 'acknowledged');
  const closed = alerts.filter((alert) => !lasting.includes(alert));
  const acknowledged = lasting.filter(({ state }) => state === 'acknowledged').length;
  const isOfAll = unit === undefined;
  const rows = [...lasting.toReversed(), ...closed.toReversed()].map((alert) => [
    ...(isOfAll ? [nameOf(alert.unit)] : []),
    kindNames[alert.kind].vi,
    alert.indicator ?? subjectText(alert.subject),
    alert.due === undefined ? '' : formatDay(alert.due),
    formatDay(dayOf(alert.episode)),
    stateText(alert),
    alert.stages.findLast(({ reason }) => reason)?.reason?.vi ?? '',
    alert.id,
  ]);
  const columns = ['Cảnh báo', 'Chỉ tiêu', 'Thời hạn', 'Từ ngày', 'Tình trạng', 'Lý do', 'Mã'];
  const heading = [...(isOfAll ? ['Đơn vị'] : []), ...columns];
  const counts = [
    `${lasting.length - acknowledged} đang mở · open`,
    `${acknowledged} đã ghi nhận · acknowledged`,
    `${closed.length} đã khép · closed`,
  ];
  return [`${name}: ${counts.join(', ')}`, '', ...tableLines([heading, ...rows])].join('\n');
}

/** The file, person or month that an alert without an indicator is about; its kind says what it is. */
function subjectText(subject: string): string {
  const [, , ...rest] = subject.split(':');
  return rest.join(':');
}

function stateText({ state, acknowledgement, stages }: Alert): string {
  const closedOn = formatDay(dayOf(stages.at(-1)?.at ?? ''));
  const name = alertStateNames[state].vi;
  switch (state) {
    case 'open':
      return name;
    case 'acknowledged':
      return `${name} đến ${formatDay(dayOf(acknowledgement?.until ?? ''))}`;
    case 'resolved':
    case 'superseded':
      return `${name} ${closedOn}`;
  }
}

function nameOf(unit: string): string {
  return findUnit(loadCatalogue(), unit)?.name ?? unit;
}
