import { parse } from 'csv-parse/sync';
import { queryCommand } from '../../cli/commands/query.ts';
import { runCommand } from '../cli/run-command.ts';
import { type Answer, plain } from '../independent/answers.ts';

/** Runs `tiendo query` over a data directory. Throws when it does not end well. */
export async function query(dataDirectory: string, ...args: string[]): Promise<string> {
  const machine = { environment: {}, workingDirectory: dataDirectory, nowMs: () => 0 };
  const run = await runCommand(queryCommand(machine), [...args, '--data', dataDirectory]);
  if (run.exitCode !== 0)
    throw new Error(`tiendo query ${args.join(' ')} ended with ${run.exitCode}: ${run.err}`);
  return run.out;
}

/** What a query answers, all cells as text; decimals have no needless zeros. */
export async function answerOf(dataDirectory: string, ...args: string[]): Promise<Answer> {
  const rows: Record<string, string>[] = parse(await query(dataDirectory, ...args, '--csv'), {
    columns: true,
  });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [name, /^-?\d+\.\d+$/.test(cell) ? plain(cell) : cell]),
    ),
  );
}

/** The rows in an order of their own, with the columns of an expected row only: names beside them are left out. */
export function comparable(answer: Answer, [like]: Answer): string[] {
  const names = Object.keys(like ?? answer[0] ?? {});
  return answer
    .map((row) => JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name]]))))
    .sort();
}
