import type { Command } from 'commander';

/**
 * What every command ends with, beside 0. `rejected`: the answer is no, a file has errors. `wrongUsage`: it was asked
 * for wrongly; asking again in the same way helps nobody. `notDone`: it could not be asked or done, for want of a
 * connection, a sign-in or a permission, or by a fault of ours.
 */
export const exitCodes = { rejected: 1, wrongUsage: 2, notDone: 3 } as const;
type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Why a command ends without having done its work, in words for the person who typed it, Vietnamese first. */
export class CommandError extends Error {
  readonly vi: string;
  readonly en: string;
  readonly exitCode: ExitCode;
  constructor(vi: string, en: string, exitCode: ExitCode = exitCodes.notDone) {
    super(`${vi}\n${en}`);
    this.name = 'CommandError';
    this.vi = vi;
    this.en = en;
    this.exitCode = exitCode;
  }
}

/** How a command writes: a line to its output, a line beside it. */
export interface Printer {
  print(text: string): void;
  complain(text: string): void;
}

/**
 * Runs a command's work. What it throws is printed without its stack where `explain` makes a `CommandError` of
 * it, and sets the exit code; anything else is a fault of ours and goes on.
 */
export async function runReported(
  command: Command,
  work: (printer: Printer) => Promise<void>,
  explain: (error: unknown) => CommandError | undefined = () => undefined,
): Promise<void> {
  const { writeOut, writeErr } = command.configureOutput();
  const print = (text: string) => writeOut?.(`${text}\n`);
  const complain = (text: string) => writeErr?.(`${text}\n`);
  try {
    await work({ print, complain });
  } catch (error) {
    const explained = error instanceof CommandError ? error : explain(error);
    if (!explained) throw error;
    complain(explained.message);
    process.exitCode = explained.exitCode;
  }
}
