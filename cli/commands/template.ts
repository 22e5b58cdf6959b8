import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { type Delimiter, delimiters } from '../../shared/domain/intake/csv-layout.ts';
import { buildTemplate, templatePeriod } from '../../shared/domain/template.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireAsOf, requireUnit } from '../arguments.ts';
import { CommandError, runReported } from '../command-error.ts';
import { deploymentTime } from '../deployment-time.ts';
import { fileFault } from '../file-fault.ts';
import { type Machine, thisMachine } from '../session.ts';

interface TemplateOptions {
  unit: string;
  asOf?: string;
  out?: string;
  force?: boolean;
  separator: string;
  api?: string;
}

/**
 * `tiendo template --unit 74 [--as-of DATE] [--out FILE [--force]] [--separator ";"] [--api URL]`: the file a unit
 * fills in, with its indicators and the month that is running, to the output or to a file. Which month that is the
 * deployment says to which the file will be sent, `--api` or the local run; without either it is today's. A file that
 * is there is replaced only by `--force`. Exit 2 for an unknown unit, a bad date, another separator or a file that
 * cannot be written, 3 when `--api` does not answer.
 */
export function templateCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('template')
    .description('Tạo tệp mẫu để điền số liệu · write the file a unit fills in')
    .requiredOption('--unit <id>', 'đơn vị, ví dụ 74 hoặc BTTTT · the unit')
    .option(
      '--as-of <date>',
      'mẫu của tháng có ngày này, mặc định hôm nay, theo đồng hồ của nơi sẽ nộp · for the month of this day',
    )
    .option('--out <file>', 'ghi vào tệp này, mặc định in ra màn hình · write to this file')
    .option('--force', 'ghi đè tệp đã có · replace a file that is there')
    .option('--api <url>', 'API sẽ nộp tới, mặc định là bản chạy trên máy này · the API to send to')
    .option('--separator <sign>', 'dấu phân cách cột: ";", "," hoặc tab · between columns', ';')
    .action(async ({ unit, asOf, out, force = false, separator: sign, api }: TemplateOptions) => {
      await runReported(
        command,
        async ({ complain }) => {
          const catalogue = loadCatalogue();
          const unitId = requireUnit(catalogue, unit).id;
          const separator = requireSeparator(sign);
          const day = asOf === undefined ? await currentTime(api, machine, complain) : requireAsOf(asOf);
          const text = buildTemplate(catalogue, unitId, day, { separator });
          if (out === undefined) {
            command.configureOutput().writeOut?.(text);
            return;
          }
          await write(out, text, force);
          complain(`Đã ghi tệp mẫu ${out}.\nWrote the template ${out}.`);
        },
        explainApiFault,
      );
    });
  return command;
}

/** The time of the deployment a file will be sent to, which is said; where none is known, this machine's. */
async function currentTime(
  api: string | undefined,
  machine: Machine,
  complain: (text: string) => void,
): Promise<Instant> {
  const deployment = await deploymentTime(api, machine);
  if (deployment === undefined) return new Date(machine.nowMs()).toISOString();
  const { url, time } = deployment;
  const month = templatePeriod(time);
  complain(
    `Mẫu cho tháng ${Number(month.slice(5))}/${month.slice(0, 4)}, theo đồng hồ của ${url}.\n` +
      `For ${month}, by the clock of ${url}.`,
  );
  return time;
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

async function write(path: string, text: string, isForced: boolean): Promise<void> {
  await writeFile(path, text, { flag: isForced ? 'w' : 'wx' }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new CommandError(
        `Đã có tệp ${path}; thêm --force để ghi đè.`,
        `${path} is there already; add --force to replace it.`,
        2,
      );
    }
    const { vi, en } = fileFault(error);
    throw new CommandError(`Không ghi được tệp ${path}: ${vi}.`, `Cannot write ${path}: ${en}.`, 2);
  });
}
