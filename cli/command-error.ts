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

/** Runs a command's work. A `CommandError` is printed without its stack and sets the exit code. */
export async function runReported(command: Command, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    command.configureOutput().writeErr?.(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

/** For `exitOverride`: whatever commander itself finds wrong is wrong usage, exit code 2. */
export function exitAsUsage(error: { exitCode: number }): never {
  process.exit(error.exitCode === 1 ? 2 : error.exitCode);
}
