import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type Catalogue, dueOf, findUnit, type Task } from '../../shared/domain/catalogue.ts';
import { dueText } from '../../shared/domain/due-text.ts';
import { targetText } from '../../shared/domain/target.ts';
import { requireUnit } from '../arguments.ts';
import { runReported } from '../command-error.ts';
import { tableLines } from '../text-table.ts';

/**
 * `tiendo catalogue [--unit 74] [--json]`: the directive as data, or as a table in Vietnamese with one line
 * per indicator. With `--unit` only that unit and the tasks it answers for. Exit 2 for an unknown unit.
 */
export function catalogueCommand(): Command {
  const command = new Command('catalogue')
    .description('In danh mục nhiệm vụ, chỉ tiêu của chỉ thị · print the directive’s tasks and targets')
    .option('--unit <id>', 'chỉ nhiệm vụ của đơn vị này, ví dụ 74 hoặc BTTTT · only this unit’s tasks')
    .option('--json', 'in dạng JSON · print JSON')
    .action(({ unit, json }: { unit?: string; json?: boolean }) => {
      const catalogue = loadCatalogue();
      return runReported(command, async ({ print }) => {
        if (unit !== undefined) requireUnit(catalogue, unit);
        const shown = unit === undefined ? catalogue : catalogueOf(catalogue, unit);
        print(json ? JSON.stringify(shown, null, 2) : catalogueTable(shown));
      });
    });
  return command;
}

/** The catalogue with one unit and the tasks it answers for: its own and those of every unit. */
export function catalogueOf(catalogue: Catalogue, unitId: string): Catalogue {
  return {
    directive: catalogue.directive,
    units: catalogue.units.filter(({ id }) => id === unitId),
    tasks: catalogue.tasks.filter(({ owner }) => owner === '*' || owner === unitId),
  };
}

const heading = ['Chỉ tiêu', 'Đơn vị', 'Nội dung', 'Mục tiêu', 'Thời hạn', 'Đơn vị phối hợp'];

/** The catalogue as lines of text: a title, a heading and one line per indicator, columns two spaces apart. */
export function catalogueTable(catalogue: Catalogue): string {
  const rows = catalogue.tasks.flatMap((task) =>
    task.indicators.map((indicator) => [
      indicator.id,
      ownerText(catalogue, task),
      indicator.title.vi,
      indicator.kind === 'milestone' ? 'hoàn thành' : targetText(indicator),
      dueText(dueOf({ task, indicator })),
      task.coordinators.join('; '),
    ]),
  );
  const lines = tableLines([heading, ...rows], { rule: true });
  const counts = `${catalogue.units.length} đơn vị, ${catalogue.tasks.length} nhiệm vụ, ${rows.length} chỉ tiêu`;
  return [catalogue.directive.title.vi, counts, '', ...lines].join('\n');
}

/** Provinces by name; agencies by id, which is the abbreviation everybody knows and keeps the line short. */
function ownerText(catalogue: Catalogue, task: Task): string {
  if (task.owner === '*') return 'mọi đơn vị';
  const owner = findUnit(catalogue, task.owner);
  return owner?.kind === 'province' ? owner.name : task.owner;
}
