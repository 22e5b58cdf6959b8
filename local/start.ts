import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { synthesize } from '../infra/synth.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dayOf, endOfDay, formatDay, type Instant, parseAsOf } from '../shared/domain/calendar.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { loadJourney, playJourney, registerCoordinators } from './journey.ts';
import { startProgress } from './progress.ts';
import { summarize } from './summary.ts';

const projectDirectory = join(import.meta.dirname, '..');
const ownDirectory = join(projectDirectory, '.tiendo');

interface Options {
  once?: boolean;
  empty?: boolean;
  asOf?: Instant;
  data?: string;
  port: number;
}

const program = new Command('npm start --')
  .description(
    'Chạy toàn bộ hệ thống trên máy này, không cần tài khoản AWS hay Docker.\nRuns the whole pipeline on this machine, without an AWS account or Docker.',
  )
  .option('--once', 'dừng sau hành trình mẫu · stop after the sample journey')
  .option('--empty', 'không nạp số liệu mẫu · start without the sample journey')
  .option(
    '--as-of <date>',
    'ngày (hết ngày, giờ Việt Nam) hành trình mẫu dừng lại · where the journey stops',
    readAsOf,
  )
  .option('--data <dir>', 'giữ dữ liệu trong thư mục này qua các lần chạy · keep data in this folder')
  .option('--port <n>', 'cổng; 0 = cổng trống bất kỳ · port, 0 = any free', readPort, 8787)
  .exitOverride((error) => process.exit(error.exitCode === 1 ? 2 : error.exitCode));

const options = program.parse().opts<Options>();
await start(options);

async function start({ once: isOnce = false, empty = false, asOf, data, port }: Options): Promise<void> {
  const startedMs = performance.now();
  const dataDirectory = data === undefined ? join(ownDirectory, 'local') : resolve(data);
  if (data === undefined) await rm(dataDirectory, { recursive: true, force: true });
  await mkdir(dataDirectory, { recursive: true });

  const journey = await loadJourney();
  const stopsAt = asOf ?? endOfDay(journey.asOf);
  const progress = startProgress('Dựng hệ thống · build and start', 2);
  const portalPort = port === 0 ? await findFreePort() : port;
  await synthesize({ portalUrl: `http://127.0.0.1:${portalPort}` });
  progress.advance();
  const cloud = await startCloud({
    templateDirectory: join(projectDirectory, 'cdk.out'),
    dataDirectory,
    startAt: empty ? stopsAt : journey.startsAt,
    port: portalPort,
  });
  progress.advance();
  progress.done();
  process.once('SIGINT', () => void cloud.close());
  process.once('SIGTERM', () => void cloud.close());

  if (!empty) {
    await registerCoordinators(cloud);
    await playJourney(cloud, journey, stopsAt);
  }
  console.log(`\n${await summarize(cloud, loadCatalogue(), cloud.clock.now())}`);
  console.log(`\nXong sau ${Math.round((performance.now() - startedMs) / 1000)} giây · seconds`);
  if (isOnce) {
    await cloud.close();
    return;
  }
  await writeFile(join(ownDirectory, 'local.json'), `${JSON.stringify(cloud.addresses, null, 2)}\n`);
  console.log(addressesText(cloud));
  cloud.run();
}

function addressesText({ addresses, clock }: Cloud): string {
  return [
    '',
    `Hộp thư · mailbox   ${addresses.mailboxUrl}`,
    `API                 ${addresses.apiUrl}`,
    `Đăng nhập · sign in ${addresses.issuer}`,
    '',
    `Đồng hồ hệ thống đang là ${formatDay(dayOf(clock.now()))} và chạy tiếp. Ctrl+C để dừng.`,
    `The system's clock says ${dayOf(clock.now())} and runs on. Ctrl+C stops it.`,
  ].join('\n');
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The machine gave no free port');
  return address.port;
}

function readAsOf(text: string): Instant {
  const asOf = parseAsOf(text);
  if (asOf === undefined)
    throw new InvalidArgumentError('Ghi ngày như 2022-07-01 · write a date such as 2022-07-01');
  return asOf;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('Cổng là số từ 0 đến 65535 · a port is a number from 0 to 65535');
  }
  return port;
}
