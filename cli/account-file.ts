import { type Account, accountSchema } from '../shared/domain/api-requests.ts';
import { type Bilingual, type Catalogue, findUnit } from '../shared/domain/catalogue.ts';
import { roles } from '../shared/domain/viewer.ts';
import { unknownUnit } from './arguments.ts';
import { CommandError } from './command-error.ts';
import { readCsvTable, type TableRow } from './csv-table.ts';

/** A row of the file: an account, or why it is none. `row` is the row Excel shows. */
export type AccountRow = { row: number; email: string } & ({ account: Account } | { problem: Bilingual });

type Column = 'email' | 'role' | 'unit';
const columnByName = new Map<string, Column>([
  ['email', 'email'],
  ['thudientu', 'email'],
  ['role', 'role'],
  ['vaitro', 'role'],
  ['unit', 'unit'],
  ['donvi', 'unit'],
]);

/**
 * Reads accounts from a CSV file in UTF-8 with the columns `email`, `role` and, for provinces and agencies,
 * `unit`; other columns are ignored, blank rows skipped. Throws `CommandError` (2) when the file as a whole
 * cannot be read so.
 */
export function readAccountFile(bytes: Uint8Array, catalogue: Catalogue): AccountRow[] {
  const rows = readCsvTable(bytes, columnByName, ['email', 'role']);
  if (rows) return rows.map((row) => readAccount(row, catalogue));
  throw new CommandError(
    'Dòng đầu của tệp phải có các cột email, role và unit.',
    'The first row of the file must name the columns email, role and unit.',
    2,
  );
}

/**
 * The account of three texts, or what is wrong with them. A unit is named by its id
 * alone; one given by its name is told the id.
 */
export function checkAccount(
  given: { email: string; role: string; unit?: string },
  catalogue: Catalogue,
): { account: Account } | { problem: Bilingual } {
  const email = given.email.trim();
  const role = roles.find((role) => role === given.role.trim());
  const unit = given.unit?.trim() || undefined;
  if (!role) {
    const known = roles.join(', ');
    return problem(
      `vai trò "${given.role}" không có; chỉ có ${known}`,
      `no role "${given.role}"; there are ${known}`,
    );
  }
  if (role !== 'province' && unit !== undefined) {
    return problem(`vai trò ${role} không gắn với đơn vị`, `the role ${role} has no unit`);
  }
  if (role === 'province' && unit === undefined) {
    return problem('thiếu đơn vị, ví dụ 74 hoặc BTTTT', 'the unit is missing, such as 74 or BTTTT');
  }
  if (unit !== undefined && !findUnit(catalogue, unit)) return { problem: unknownUnit(catalogue, unit) };
  const parsed = accountSchema.safeParse({ email, role, unit });
  return parsed.success
    ? { account: parsed.data }
    : problem(`địa chỉ e-mail không đúng: "${email}"`, `not an e-mail address: "${email}"`);
}

function problem(vi: string, en: string): { problem: Bilingual } {
  return { problem: { vi, en } };
}

function readAccount({ row, isBroken, cell }: TableRow<Column>, catalogue: Catalogue): AccountRow {
  const email = cell('email');
  if (isBroken) return { row, email, ...problem('dấu ngoặc kép đặt sai chỗ', 'a quote is out of place') };
  return { row, email, ...checkAccount({ email, role: cell('role'), unit: cell('unit') }, catalogue) };
}
