import * as z from 'zod';
import type { Bilingual, Catalogue } from '../shared/domain/catalogue.ts';
import { findUnit } from '../shared/domain/catalogue.ts';
import { type Coordinator, coordinatorSchema } from '../shared/domain/coordinator.ts';
import { foldName } from '../shared/domain/unit-names.ts';
import { unknownUnit } from './arguments.ts';

/** What is typed about a coordinator, in a cell of a file or an option of a command. */
export const coordinatorColumns = [
  'id',
  'unit',
  'name',
  'language',
  'email',
  'phone',
  'scopes',
  'quiet_from',
  'quiet_to',
  'all_clear',
  'account',
] as const;
export type CoordinatorColumn = (typeof coordinatorColumns)[number];
export type CoordinatorCells = Readonly<Record<CoordinatorColumn, string>>;

/** What is wrong with one of them. */
export interface CellProblem {
  column: CoordinatorColumn;
  detail: Bilingual;
}

/** An account's e-mail address, or its subject. */
const accountSchema = z.union([z.email(), z.guid()]);
const yes = ['x', '1', 'co', 'yes', 'true'];
const no = ['', '0', 'khong', 'no', 'false'];
const languages = new Map<string, Coordinator['language']>([
  ['', 'vi'],
  ['vi', 'vi'],
  ['tiengviet', 'vi'],
  ['en', 'en'],
  ['tienganh', 'en'],
  ['english', 'en'],
]);

/**
 * The coordinator that cells describe, or everything that is wrong with them. Blanks: language is Vietnamese, quiet
 * hours are those that apply to everybody, scopes all the unit stands for. `account` is an e-mail address, or the
 * subject the API answers.
 */
export function readCoordinatorCells(
  cell: (column: CoordinatorColumn) => string,
  catalogue: Catalogue,
): { coordinator: Coordinator } | { problems: CellProblem[] } {
  const cells: Record<CoordinatorColumn, string> = {
    id: cell('id'),
    unit: cell('unit'),
    name: cell('name'),
    language: cell('language'),
    email: cell('email'),
    phone: cell('phone'),
    scopes: cell('scopes'),
    quiet_from: cell('quiet_from'),
    quiet_to: cell('quiet_to'),
    all_clear: cell('all_clear'),
    account: cell('account'),
  };
  const problems: CellProblem[] = [];
  const refuse = (column: CoordinatorColumn, vi: string, en: string) =>
    void problems.push({ column, detail: { vi, en } });
  if (cells.unit === '')
    refuse('unit', 'thiếu đơn vị, ví dụ 74 hoặc BTTTT', 'the unit is missing, such as 74');
  else if (!findUnit(catalogue, cells.unit))
    problems.push({ column: 'unit', detail: unknownUnit(catalogue, cells.unit) });
  const language = languages.get(foldName(cells.language));
  if (!language)
    refuse('language', `"${cells.language}" phải là vi hoặc en`, `"${cells.language}" must be vi or en`);
  const allClear = foldName(cells.all_clear);
  if (![...yes, ...no].includes(allClear))
    refuse(
      'all_clear',
      `"${cells.all_clear}" phải là x hoặc để trống`,
      `"${cells.all_clear}" must be x or blank`,
    );
  if ((cells.quiet_from === '') !== (cells.quiet_to === ''))
    refuse(
      cells.quiet_from === '' ? 'quiet_from' : 'quiet_to',
      'giờ yên lặng cần cả lúc bắt đầu và lúc kết thúc',
      'quiet hours need both a beginning and an end',
    );
  if (cells.account !== '' && !accountSchema.safeParse(cells.account).success)
    refuse(
      'account',
      `"${cells.account}" không phải địa chỉ e-mail của một tài khoản`,
      `"${cells.account}" is not the e-mail address of an account`,
    );
  const scopes = cells.scopes.split(/\s+/).filter((scope) => scope !== '');
  const parsed = coordinatorSchema.safeParse({
    id: cells.id,
    unit: cells.unit,
    name: cells.name,
    language: language ?? 'vi',
    email: cells.email,
    ...(cells.phone !== '' && { phone: internationalPhone(cells.phone) }),
    ...(scopes.length > 0 && { scopes }),
    ...(cells.quiet_from !== '' &&
      cells.quiet_to !== '' && {
        quietHours: { from: timeOfDay(cells.quiet_from), to: timeOfDay(cells.quiet_to) },
      }),
    ...(yes.includes(allClear) && { wantsAllClear: true }),
    ...(cells.account !== '' && { account: cells.account }),
  });
  for (const { path } of parsed.error?.issues ?? []) problems.push(shapeProblem(path, cells));
  return parsed.success && problems.length === 0 ? { coordinator: parsed.data } : { problems };
}

/** The cells that describe a coordinator, as one would type them. */
export function writeCoordinatorCells(coordinator: Coordinator): CoordinatorCells {
  const { id, unit, name, language, email, phone, scopes, quietHours, wantsAllClear, account } = coordinator;
  return {
    id,
    unit,
    name,
    language,
    email,
    phone: phone ?? '',
    scopes: scopes?.join(' ') ?? '',
    quiet_from: quietHours?.from ?? '',
    quiet_to: quietHours?.to ?? '',
    all_clear: wantsAllClear ? 'x' : '',
    account: account ?? '',
  };
}

/** A number without what people put between its digits. Spreadsheets take the `+` of a number away. */
function internationalPhone(text: string): string {
  const digits = text.replace(/[\s.()-]/g, '');
  return /^84\d{9,10}$/.test(digits) ? `+${digits}` : digits;
}

/** `7:00`, `07:00:00` and `7h` are all 07:00. */
function timeOfDay(text: string): string {
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:h](\d{2})?(?::00)?)?$/.exec(text.trim()) ?? [];
  return hours === '' ? text : `${hours.padStart(2, '0')}:${minutes}`;
}

/** The number as it is from abroad, where it is one of ours written at home: `0912…` → `+84912…`. */
function internationalExample(phone: string): string {
  const [, national] = /^0(\d{9,10})$/.exec(phone.replace(/[\s.-]/g, '')) ?? [];
  return `+84${national ?? '912345678'}`;
}

function shapeProblem(path: readonly PropertyKey[], cells: CoordinatorCells): CellProblem {
  const field = path[0];
  const problem = (column: CoordinatorColumn, vi: string, en: string) => ({ column, detail: { vi, en } });
  switch (field) {
    case 'id':
      return problem(
        'id',
        `"${cells.id}" phải gồm chữ thường, chữ số và gạch nối, ví dụ 74-1`,
        `"${cells.id}" must be small letters, digits and hyphens, such as 74-1`,
      );
    case 'name':
      return problem(
        'name',
        'thiếu tên, hoặc dài quá 200 ký tự',
        'the name is missing or over 200 characters',
      );
    case 'phone':
      return problem(
        'phone',
        `"${cells.phone}" phải là số quốc tế, ví dụ ${internationalExample(cells.phone)}`,
        `"${cells.phone}" must be international, such as ${internationalExample(cells.phone)}`,
      );
    case 'quietHours':
      return path[1] === 'from'
        ? problem(
            'quiet_from',
            `"${cells.quiet_from}" phải như 21:00`,
            `"${cells.quiet_from}" must be like 21:00`,
          )
        : problem('quiet_to', `"${cells.quiet_to}" phải như 07:00`, `"${cells.quiet_to}" must be like 07:00`);
    case 'scopes':
      return problem('scopes', 'tối đa 200 phạm vi', 'at most 200 scopes');
    default:
      return problem(
        'email',
        `địa chỉ e-mail không đúng: "${cells.email}"`,
        `not an e-mail address: "${cells.email}"`,
      );
  }
}
