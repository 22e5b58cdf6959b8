import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Api } from '../../shared/client/api.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import type { Channel, Coordinator } from '../../shared/domain/coordinator.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireUnit } from '../arguments.ts';
import { CommandError, exitCodes, type Printer, runReported } from '../command-error.ts';
import {
  type CoordinatorCells,
  type CoordinatorColumn,
  readCoordinatorCells,
  writeCoordinatorCells,
} from '../coordinator-cells.ts';
import { putCoordinators } from '../put-coordinators.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';
import { readViewer } from '../viewer.ts';
import { importCommand } from './coordinators-import.ts';

interface Target {
  api?: string;
}

interface Details extends Target {
  name?: string;
  language?: string;
  email?: string;
  phone?: string;
  scopes?: string;
  quiet?: string;
  allClear?: boolean;
  account?: string;
}

type Listed = AnswerOf<'GET /coordinators'>['coordinators'][number];

const help = `
Mỗi thay đổi gửi lại danh sách của đơn vị: ai chưa xác nhận hoặc đã hủy đăng ký sẽ nhận lại thư mời xác nhận.
Each change sends the unit's list again: whoever has not confirmed, or has unsubscribed, is asked again by e-mail.`;

/**
 * `tiendo coordinators [--unit U] [--json]` lists; `import FILE.csv` replaces the lists of the units a file names;
 * `add`, `edit`, `remove` and `resubscribe` change one person. Exit 1 when a file is wrong, 2 for wrong usage, 3 when
 * the API refuses.
 */
export function coordinatorsCommand(machine: Machine = thisMachine()): Command {
  return new Command('coordinators')
    .description('Đầu mối nhận thông báo · the coordinators who are told')
    .addHelpText('after', help)
    .addCommand(listCommand(machine), { isDefault: true })
    .addCommand(importCommand(machine))
    .addCommand(addCommand(machine))
    .addCommand(editCommand(machine))
    .addCommand(removeCommand(machine))
    .addCommand(resubscribeCommand(machine));
}

function listCommand(machine: Machine): Command {
  const command = withApi(new Command('list'))
    .description('Xem danh sách đầu mối · list them')
    .option(
      '--unit <id>',
      'chỉ đơn vị này; tài khoản địa phương luôn xem đơn vị mình · only this unit; a province sees its own',
    )
    .option('--json', 'in dạng JSON · print JSON')
    .action(async ({ unit, json, ...target }: Target & { unit?: string; json?: boolean }) => {
      await report(command, async ({ print }) => {
        if (unit !== undefined) requireUnit(loadCatalogue(), unit);
        const api = await resolveSession(target, machine);
        const viewer = await readViewer(api);
        const own = viewer?.role === 'province' ? viewer.unit : undefined;
        const chosen = unit ?? own;
        const coordinators = chosen === undefined ? await listAll(api) : await listUnit(api, chosen);
        print(json ? JSON.stringify({ coordinators }, null, 2) : listText(coordinators));
      });
    });
  return command;
}

function addCommand(machine: Machine): Command {
  const command = withDetails(new Command('add'))
    .description('Thêm một đầu mối · add one')
    .argument('<id>', 'mã đầu mối, ví dụ 74-2 · its id, such as 74-2')
    .requiredOption('--unit <id>', 'đơn vị, ví dụ 74 · the unit')
    .action(async (id: string, { unit, ...details }: Details & { unit: string }) => {
      await report(command, async ({ print }) => {
        const added = requireCoordinator({ ...blank, id, unit, ...cellsOf(details) });
        const api = await resolveSession(details, machine);
        const present = await listUnit(api, unit);
        if (present.some((one) => one.id === id)) {
          throw new CommandError(
            `Đơn vị ${unit} đã có đầu mối ${id}; để sửa: tiendo coordinators edit ${id}`,
            `The unit ${unit} has a coordinator ${id} already; to change it: tiendo coordinators edit ${id}`,
            exitCodes.wrongUsage,
          );
        }
        await putCoordinators(api, unit, [...present, added]);
        print(`Đã thêm · added: ${id} (${nameOf(unit)})`);
      });
    });
  return command;
}

function editCommand(machine: Machine): Command {
  const command = withDetails(new Command('edit'))
    .description('Sửa một đầu mối; giá trị rỗng ("") là bỏ · change one; an empty value takes it away')
    .argument('<id>', 'mã đầu mối · its id')
    .action(async (id: string, details: Details) => {
      await report(command, async ({ print }) => {
        const api = await resolveSession(details, machine);
        const { unit, ofUnit, found } = await findCoordinator(api, id);
        const edited = requireCoordinator({ ...writeCoordinatorCells(found), ...cellsOf(details) });
        await putCoordinators(
          api,
          unit,
          ofUnit.map((one) => (one.id === id ? edited : one)),
        );
        print(`Đã sửa · changed: ${id} (${nameOf(unit)})`);
      });
    });
  return command;
}

function removeCommand(machine: Machine): Command {
  const command = withApi(new Command('remove'))
    .description('Bỏ một đầu mối · take one off the list')
    .argument('<id>', 'mã đầu mối · its id')
    .action(async (id: string, target: Target) => {
      await report(command, async ({ print }) => {
        const api = await resolveSession(target, machine);
        const { unit, ofUnit } = await findCoordinator(api, id);
        await putCoordinators(
          api,
          unit,
          ofUnit.filter((one) => one.id !== id),
        );
        print(`Đã bỏ · removed: ${id} (${nameOf(unit)})`);
      });
    });
  return command;
}

function resubscribeCommand(machine: Machine): Command {
  const command = withApi(new Command('resubscribe'))
    .description(
      'Gửi lại thư mời xác nhận cho người đã hủy đăng ký · ask somebody who has unsubscribed again',
    )
    .argument('<id>', 'mã đầu mối · its id')
    .action(async (id: string, target: Target) => {
      await report(command, async ({ print }) => {
        const api = await resolveSession(target, machine);
        const { unit, ofUnit } = await findCoordinator(api, id);
        const after = await putCoordinators(api, unit, ofUnit);
        const status = after.find((one) => one.id === id)?.reach.email ?? 'pending';
        print(`${id}: thư điện tử · e-mail ${statusNames[status]}`);
      });
    });
  return command;
}

async function report(command: Command, work: (printer: Printer) => Promise<void>): Promise<void> {
  await runReported(command, work, explainApiFault);
}

function withApi(command: Command): Command {
  return command.option(
    '--api <url>',
    'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run',
  );
}

function withDetails(command: Command): Command {
  return withApi(command)
    .option('--name <name>', 'họ tên · the name')
    .option('--language <vi|en>', 'ngôn ngữ của thông báo, mặc định vi · of the messages')
    .option('--email <address>', 'địa chỉ nhận thông báo · where messages go')
    .option('--phone <number>', 'số nhận tin nhắn khẩn, ví dụ +84912345678 · for urgent SMS')
    .option('--scopes <list>', 'đơn vị và nhiệm vụ phụ trách, cách nhau bằng dấu cách · units and tasks')
    .option('--quiet <from-to>', 'giờ yên lặng, mặc định 21:00-07:00 · quiet hours')
    .option('--all-clear', 'nhận tin hằng tuần khi không có gì quá hạn · wants the weekly all-clear')
    .option('--no-all-clear', 'không nhận tin đó · does not want it')
    .option('--account <email>', 'tài khoản đăng nhập · the account they sign in with');
}

const blank: CoordinatorCells = {
  id: '',
  unit: '',
  name: '',
  language: '',
  email: '',
  phone: '',
  scopes: '',
  quiet_from: '',
  quiet_to: '',
  all_clear: '',
  account: '',
};

/** The cells that options stand for; options that were not given are left out. */
function cellsOf({ quiet, allClear, ...details }: Details): Partial<CoordinatorCells> {
  const [from = '', to = ''] = quiet?.split(/\s*[-–]\s*/) ?? [];
  const named = (['name', 'language', 'email', 'phone', 'scopes', 'account'] as const).flatMap(
    (column): [CoordinatorColumn, string][] => {
      const text = details[column];
      return text === undefined ? [] : [[column, text.trim()]];
    },
  );
  return {
    ...Object.fromEntries(named),
    ...(quiet !== undefined && { quiet_from: from, quiet_to: to }),
    ...(allClear !== undefined && { all_clear: allClear ? 'x' : '' }),
  };
}

function requireCoordinator(cells: CoordinatorCells): Coordinator {
  const read = readCoordinatorCells((column) => cells[column], loadCatalogue());
  if ('coordinator' in read) return read.coordinator;
  const list = (language: 'vi' | 'en') =>
    read.problems.map(({ column, detail }) => `${column}: ${detail[language]}`).join('; ');
  throw new CommandError(list('vi'), list('en'), 2);
}

async function listAll(api: Api): Promise<Listed[]> {
  return (await callRoute(api, 'GET /coordinators', {})).body.coordinators;
}

async function listUnit(api: Api, unit: string): Promise<Listed[]> {
  return (await callRoute(api, 'GET /units/{unit}/coordinators', { params: { unit } })).body.coordinators;
}

async function findCoordinator(
  api: Api,
  id: string,
): Promise<{ unit: string; ofUnit: Listed[]; found: Listed }> {
  const all = await listAll(api);
  const found = all.find((one) => one.id === id);
  if (!found) {
    throw new CommandError(
      `Không có đầu mối ${id}. Xem danh sách: tiendo coordinators`,
      `There is no coordinator ${id}. To list them: tiendo coordinators`,
      exitCodes.wrongUsage,
    );
  }
  return { unit: found.unit, ofUnit: all.filter(({ unit }) => unit === found.unit), found };
}

const statusNames = {
  pending: 'chờ xác nhận · not confirmed yet',
  live: 'đang nhận · live',
  gone: 'đã hủy · gone',
} as const;

function listText(coordinators: readonly Listed[]): string {
  if (coordinators.length === 0) return 'Chưa có đầu mối nào · no coordinators yet';
  const status = ({ reach }: Listed, channel: Channel) => {
    const known = reach[channel];
    return known === undefined ? '–' : (statusNames[known].split(' · ')[0] ?? '');
  };
  const rows = coordinators.map((one) => [
    one.unit,
    one.id,
    one.name,
    one.language,
    one.email,
    status(one, 'email'),
    one.phone ?? '',
    one.phone === undefined ? '' : status(one, 'sms'),
    one.scopes?.join(' ') ?? '',
  ]);
  const header = ['Đơn vị', 'Mã', 'Họ tên', '', 'Thư điện tử', '', 'Điện thoại', '', 'Phạm vi'];
  return tableLines([header, ...rows], { rule: true }).join('\n');
}

function nameOf(unit: string): string {
  return findUnit(loadCatalogue(), unit)?.name ?? unit;
}
