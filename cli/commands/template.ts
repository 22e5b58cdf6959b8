import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { type Delimiter, delimiters } from '../../shared/domain/intake/csv-layout.ts';
import { buildTemplate } from '../../shared/domain/template.ts';
import { requireAsOf, requireUnit } from '../arguments.ts';
import { CommandError, runReported } from '../command-error.ts';

interface TemplateOptions {
  unit: string;
  asOf?: string;
  out?: string;
  separator: string;
}

/**
 * `tiendo template --unit 74 [--as-of DATE] [--out FILE] [--separator ";"]`: the file a unit fills in, with its
 * indicators and the month that is running, to the output or to a file. Nothing leaves this machine. Exit 1
 * when the file cannot be written, 2 for an unknown unit, a bad date or another separator.
 */
export function templateCommand(): Command {
  const command = new Command('template')
    .description('Tạo tệp mẫu để điền số liệu · write the file a unit fills in')
    .requiredOption('--unit <id>', 'đơn vị, ví dụ 74 hoặc BTTTT · the unit')
    .option('--as-of <date>', 'mẫu của tháng có ngày này, mặc định hôm nay · for the month of this day')
    .option('--out <file>', 'ghi vào tệp này, mặc định in ra màn hình · write to this file')
    .option('--separator <sign>', 'dấu phân cách cột: ";", "," hoặc tab · between columns', ';')
    .action(async ({ unit, asOf, out, separator }: TemplateOptions) => {
      await runReported(command, async ({ complain }) => {
        const catalogue = loadCatalogue();
        const unitId = requireUnit(catalogue, unit).id;
        const text = buildTemplate(catalogue, unitId, asOf === undefined ? now() : requireAsOf(asOf), {
          separator: requireSeparator(separator),
        });
        if (out === undefined) {
          command.configureOutput().writeOut?.(text);
          return;
        }
        await write(out, text);
        complain(`Đã ghi tệp mẫu ${out}.\nWrote the template ${out}.`);
      });
    });
  return command;
}

function requireSeparator(text: string): Delimiter {
  const separator = delimiters.find((delimiter) => delimiter === (text === 'tab' ? '\t' : text));
  if (separator !== undefined) return separator;
  throw new CommandError(
    `Dấu phân cách phải là ";", "," hoặc tab, không phải "${text}".`,
    `The separator is ";", "," or tab, not "${text}".`,
    2,
  );
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: Error) => {
    throw new CommandError(`Không ghi được tệp ${path}: ${error.message}`, `Cannot write ${path}.`);
  });
}

/** The only place where the command reads the clock. */
function now(): Instant {
  return new Date().toISOString();
}
