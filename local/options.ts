import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { type Instant, parseAsOf } from '../shared/domain/calendar.ts';

/** What `npm start` is asked for. */
export interface Options {
  /** End after the journey. */
  isOnce: boolean;
  /** Start without the journey. */
  isEmpty: boolean;
  /** Where the journey, or the clock of an empty start, stops. */
  asOf?: Instant;
  /** Where data is kept over the runs. */
  data?: string;
  /** Of the API and the mailbox; 0: any free one. */
  port: number;
}

/** Text to print instead of running: help, or what is wrong with the arguments (`exitCode` 2). */
export interface Advice {
  exitCode: number;
  text: string;
}

export const defaultPort = 8787;

const description = `Chạy toàn bộ hệ thống trên máy này, không cần tài khoản AWS hay Docker: dựng hạ tầng, phát lại
hành trình nộp báo cáo mẫu của 63 tỉnh đến ngày 01/07/2022, in kết quả, rồi chạy tiếp.
Runs the whole pipeline on this machine, without an AWS account or Docker: builds it, plays the
sample journey of 63 provinces up to 2022-07-01, prints the outcome, then stays up.`;

const examples = `
Ví dụ · examples:
  npm start                         hành trình mẫu, rồi chạy tiếp · the journey, then stays up
  npm start -- --once               in kết quả rồi dừng · prints the outcome and ends
  npm start -- --as-of 2022-05-31   dừng hành trình ở ngày khác · up to another day
  npm start -- --data ./so-lieu     giữ dữ liệu, lần sau chạy tiếp · goes on next time
  npm start -- --empty --port 0     hệ thống trống, cổng bất kỳ · empty, at any free port`;

/** Reads the arguments of `npm start --`: `['--once', '--port', '0']`. */
export function readOptions(args: readonly string[]): Options | Advice {
  let text = '';
  const keep = (part: string) => {
    text += part;
  };
  const command = new Command('npm start --')
    .description(description)
    .option('--once', 'dừng sau hành trình mẫu · end after the journey')
    .option('--empty', 'không nạp số liệu mẫu · start without the journey')
    .option(
      '--as-of <ngày>',
      'ngày dừng hành trình, hết ngày giờ Việt Nam · where the journey stops',
      readAsOf,
    )
    .option('--data <thư-mục>', 'giữ dữ liệu qua các lần chạy · keep data in this folder')
    .option(
      '--port <n>',
      'cổng của API và hộp thư; dùng cả ba cổng kế tiếp; 0 = cổng trống bất kỳ · port, the next three are taken too',
      readPort,
      defaultPort,
    )
    .helpOption('-h, --help', 'in hướng dẫn này · show this help')
    .addHelpText('after', examples)
    .configureOutput({ writeOut: keep, writeErr: keep, getOutHelpWidth: () => 100 })
    .exitOverride();
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : 2, text: text.trimEnd() };
  }
  const given = command.opts<{ once?: true; empty?: true; asOf?: Instant; data?: string; port: number }>();
  return {
    isOnce: given.once ?? false,
    isEmpty: given.empty ?? false,
    ...(given.asOf === undefined ? {} : { asOf: given.asOf }),
    ...(given.data === undefined ? {} : { data: given.data }),
    port: given.port,
  };
}

function readAsOf(text: string): Instant {
  const asOf = parseAsOf(text);
  if (asOf === undefined)
    throw new InvalidArgumentError('Ghi ngày như 2022-07-01 · write a date such as 2022-07-01');
  return asOf;
}

function readPort(text: string): number {
  const port = Number(text);
  // The three ports after it are taken too.
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_532) {
    throw new InvalidArgumentError('Cổng là số từ 0 đến 65532 · a port is a number from 0 to 65532');
  }
  return port;
}
