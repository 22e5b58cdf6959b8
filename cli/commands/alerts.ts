import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { dayOf, formatDay } from '../../shared/domain/calendar.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import { kindNames } from '../../shared/domain/message.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireUnit } from '../arguments.ts';
import { runReported } from '../command-error.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';

interface AlertsOptions {
  unit?: string;
  json?: boolean;
  api?: string;
}

/**
 * `tiendo alerts [--unit 74] [--json] [--api URL]`: every alert decided about a unit, the open ones first. A
 * province account has its own unit; others name one. Exit 1 when the API refuses, 2 for wrong usage.
 */
export function alertsCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('alerts')
    .description('Xem các cảnh báo về một đơn vị · the alerts about a unit')
    .option(
      '--unit <id>',
      'đơn vị; tài khoản địa phương không cần · the unit; a province account has its own',
    )
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .action(async ({ unit, json, api }: AlertsOptions) => {
      await runReported(
        command,
        async ({ print }) => {
          if (unit !== undefined) requireUnit(loadCatalogue(), unit);
          const session = await resolveSession({ api }, machine);
          const { body } = await callRoute(session, 'GET /alerts', { query: { unit } });
          print(json ? JSON.stringify(body, null, 2) : alertsText(body));
        },
        explainApiFault,
      );
    });
  return command;
}

/** The alerts for people, open ones first, then the latest: what, since when, until when, and why. */
function alertsText({ unit, alerts }: AnswerOf<'GET /alerts'>): string {
  const name = findUnit(loadCatalogue(), unit)?.name ?? unit;
  if (alerts.length === 0) return `${name}: không có cảnh báo · no alerts`;
  const open = alerts.filter(({ resolvedAt, kind }) => resolvedAt === undefined && kind !== 'met-late');
  const closed = alerts.filter((alert) => !open.includes(alert));
  const rows = [...open.toReversed(), ...closed.toReversed()].map(
    ({ kind, obligation, due, episode, resolvedAt, stages }) => [
      kindNames[kind].vi,
      obligation.slice(obligation.indexOf(':') + 1),
      formatDay(due),
      formatDay(dayOf(episode)),
      resolvedAt === undefined ? '' : formatDay(dayOf(resolvedAt)),
      stages.at(-1)?.reason.vi ?? '',
    ],
  );
  const heading = ['Cảnh báo', 'Chỉ tiêu', 'Thời hạn', 'Từ ngày', 'Hết ngày', 'Lý do'];
  const counts = `${open.length} đang mở · open, ${closed.length} đã khép · closed`;
  return [`${name}: ${counts}`, '', ...tableLines([heading, ...rows])].join('\n');
}
