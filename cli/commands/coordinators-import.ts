import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type Api, ApiProblem } from '../../shared/client/api.ts';
import { explainApiFault } from '../api-faults.ts';
import { CommandError, exitCodes, runReported } from '../command-error.ts';
import { type CoordinatorRow, columnOf, type RowProblem, readCoordinatorFile } from '../coordinator-file.ts';
import { putCoordinators } from '../put-coordinators.ts';
import { type Machine, resolveSession } from '../session.ts';

const help = `
Cột · columns: id, unit, name, language, email, phone, scopes, quiet_from, quiet_to, all_clear, account
hoặc · or:     mã, đơn vị, họ tên, ngôn ngữ, thư điện tử, điện thoại, phạm vi, yên lặng từ, yên lặng đến,
               báo không quá hạn, tài khoản`;

/**
 * `tiendo coordinators import FILE.csv`: replaces the lists of the units the file names. Nothing is written while
 * any line is wrong: the file is checked here, then by the API, and all problems are shown at once.
 */
export function importCommand(machine: Machine): Command {
  const command = new Command('import')
    .description(
      'Thay danh sách đầu mối của các đơn vị trong tệp CSV · replace the lists of the units in a file',
    )
    .argument('<file>', 'tệp CSV (UTF-8) · a CSV file in UTF-8')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .addHelpText('after', help)
    .action(async (path: string, target: { api?: string }) => {
      await runReported(
        command,
        async ({ print }) => {
          const bytes = await readFile(path).catch((error: Error) => {
            throw new CommandError(`Không đọc được tệp ${path}`, `Cannot read ${path}: ${error.message}`, 2);
          });
          const { rows, problems } = readCoordinatorFile(bytes, loadCatalogue());
          if (problems.length > 0) throw problemsError(problems);
          const units = [...Map.groupBy(rows, ({ coordinator }) => coordinator.unit)];
          const api = await resolveSession(target, machine);
          await withProgress(
            'kiểm tra · checked',
            units,
            async (ofUnit, refused: RowProblem[]) => void refused.push(...(await checkUnit(api, ofUnit))),
          );
          await withProgress('đã ghi · written', units, async ([unit, ofUnit]) => {
            await putCoordinators(
              api,
              unit,
              ofUnit.map(({ coordinator }) => coordinator),
            );
          });
          print(`Đã ghi · written: ${rows.length} đầu mối · coordinators, ${units.length} đơn vị · units`);
        },
        explainApiFault,
      );
    });
  return command;
}

type UnitRows = [unit: string, rows: CoordinatorRow[]];

/** Does something for each unit, and throws all problems that came of it after the last. */
async function withProgress(
  what: string,
  units: readonly UnitRows[],
  work: (unit: UnitRows, problems: RowProblem[]) => Promise<void>,
): Promise<void> {
  const bar = new SingleBar({
    format: `{bar} {value}/{total} đơn vị · units, ${what}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const problems: RowProblem[] = [];
  bar.start(units.length, 0);
  try {
    for (const unit of units) {
      await work(unit, problems);
      bar.increment();
    }
  } finally {
    bar.stop();
  }
  if (problems.length > 0) throw problemsError(problems);
}

/** What the API finds wrong with the list of one unit, by the rows of the file. */
async function checkUnit(api: Api, [unit, rows]: UnitRows): Promise<RowProblem[]> {
  try {
    await putCoordinators(
      api,
      unit,
      rows.map(({ coordinator }) => coordinator),
      { dryRun: true },
    );
    return [];
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 400) throw error;
    if (error.places.length === 0) return [{ row: rows[0]?.row ?? 0, detail: error.detail }];
    return error.places.map(({ at, detail }) => {
      const [, index, field = ''] = /^coordinators\.(\d+)\.(.+)$/.exec(at) ?? [];
      const column = columnOf(field);
      return { row: rows[Number(index)]?.row ?? 0, ...(column && { column }), detail };
    });
  }
}

function problemsError(problems: readonly RowProblem[]): CommandError {
  const lines = (word: string, language: 'vi' | 'en') =>
    problems
      .toSorted((a, b) => a.row - b.row)
      .map(({ row, column, detail }) => `  ${word} ${row}${column ? `, ${column}` : ''}: ${detail[language]}`)
      .join('\n');
  return new CommandError(
    `Không ghi gì, vì tệp còn lỗi:\n${lines('dòng', 'vi')}`,
    `Nothing was written, the file has mistakes:\n${lines('row', 'en')}`,
    exitCodes.rejected,
  );
}
