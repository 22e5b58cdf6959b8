import { type Day, type Instant, isDay, parseAsOf } from '../shared/domain/calendar.ts';
import { type Bilingual, type Catalogue, findUnit, type Unit } from '../shared/domain/catalogue.ts';
import type { SourceFile } from '../shared/domain/intake/source-file.ts';
import { findUnitByName, suggestUnit } from '../shared/domain/unit-names.ts';
import { CommandError } from './command-error.ts';
import { fileFault } from './file-fault.ts';
import { openSourceFile } from './source-file.ts';

// What people type, taken or refused as wrong usage: each throws `CommandError` with exit code 2.

/** The unit of an id. One given by its name is told the id. */
export function requireUnit(catalogue: Catalogue, unitId: string): Unit {
  const unit = findUnit(catalogue, unitId);
  if (unit) return unit;
  const { vi, en } = unknownUnit(catalogue, unitId);
  throw new CommandError(sentence(vi), sentence(en), 2);
}

/** What is wrong with a unit id that the catalogue does not have, as half a sentence. */
export function unknownUnit(catalogue: Catalogue, unitId: string): Bilingual {
  const near = findUnitByName(catalogue, unitId) ?? suggestUnit(catalogue, unitId);
  return {
    vi: `không có mã đơn vị "${unitId}"${near ? `; có phải ${near.id} (${near.name})?` : ''}`,
    en: `no unit id "${unitId}"${near ? `; did you mean ${near.id} (${near.nameEn})?` : ''}`,
  };
}

/** The instant meant by a date, which is its end in Asia/Ho_Chi_Minh, or by an instant with offset. */
export function requireAsOf(text: string): Instant {
  const asOf = parseAsOf(text);
  if (asOf !== undefined) return asOf;
  throw new CommandError(
    `Không phải ngày hoặc thời điểm có múi giờ: "${text}". Hãy ghi như 2022-06-30.`,
    `Not a date, nor an instant with offset: "${text}". Write it like 2022-06-30.`,
    2,
  );
}

/** A day that exists, `2022-06-30`. */
export function requireDay(text: string): Day {
  if (isDay(text)) return text;
  throw new CommandError(
    `Không phải ngày: "${text}". Hãy ghi như 2022-06-30.`,
    `Not a day: "${text}". Write it like 2022-06-30.`,
    2,
  );
}

/** The file at a path, measured by reading it once. */
export async function requireFile(path: string): Promise<SourceFile> {
  return await openSourceFile(path).catch((error: unknown) => {
    const { vi, en } = fileFault(error);
    throw new CommandError(`Không đọc được tệp ${path}: ${vi}.`, `Cannot read ${path}: ${en}.`, 2);
  });
}

/** Half a sentence as a whole one; a question keeps its mark. */
function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('?') ? '' : '.'}`;
}
