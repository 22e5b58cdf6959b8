import type { Command } from 'commander';
import { vi } from 'vitest';
import { createProgram } from '../../cli/program.ts';

export interface CommandRun {
  out: string;
  err: string;
  exitCode: number;
}

class Exit extends Error {}

/** Runs a command of `tiendo` as the shell would: what it prints, and the code it ends with. `onOut` reads along. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  onOut: (text: string) => void = () => undefined,
): Promise<CommandRun> {
  const run: CommandRun = { out: '', err: '', exitCode: 0 };
  const capture = (one: Command) => {
    one.configureOutput({
      writeOut: (text) => {
        run.out += text;
        onOut(text);
      },
      writeErr: (text) => {
        run.err += text;
      },
    });
    for (const sub of one.commands) capture(sub);
  };
  const program = createProgram([command]);
  capture(program);
  const before = process.exitCode;
  process.exitCode = 0;
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    process.exitCode = Number(code);
    throw new Exit();
  });
  try {
    await program.parseAsync([command.name(), ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
  } finally {
    run.exitCode = Number(process.exitCode);
    process.exitCode = before;
    exit.mockRestore();
  }
  return run;
}
