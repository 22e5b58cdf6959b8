import { PortInUseError } from './loopback.ts';

/** A start that cannot be, told to whoever asked for it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Faults of this program, not of what it was given to run: where they happened is what matters. */
const bugs = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * What `npm start` prints when it fails: the message alone for what the templates, the machine or the arguments
 * are to blame for, with the causes behind it; with its stack for a fault of this program.
 */
export function failureText(error: unknown): string {
  if (error instanceof PortInUseError) {
    return [
      `Cổng ${error.port} đang bận. Hãy dừng chương trình đang dùng cổng ấy, hoặc chọn cổng khác: npm start -- --port 9000 (0 = bất kỳ).`,
      `Port ${error.port} is in use. Stop what uses it, or choose another: npm start -- --port 9000 (0 = any free one).`,
    ].join('\n');
  }
  if (!(error instanceof Error)) return String(error);
  if (bugs.some((bug) => error instanceof bug)) return error.stack ?? error.message;
  const because = error.cause === undefined ? [] : [`  vì · because: ${failureText(error.cause)}`];
  return [error.message, ...because].join('\n');
}
