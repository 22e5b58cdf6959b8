import type { Command } from 'commander';

/**
 * Why a command ends without having done its work, in words for the person who typed it, Vietnamese first. Exit
 * code 1 when it could not be done, 2 when it was asked for wrongly.
 */
export class CommandError extends Error {
  readonly vi: string;
  readonly en: string;
  readonly exitCode: 1 | 2;
  constructor(vi: string, en: string, exitCode: 1 | 2 = 1) {
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
