import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { synthesize } from '../infra/synth.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dayOf, endOfDay, formatDay, timeOfDay } from '../shared/domain/calendar.ts';
import { findRunning, writeAddresses } from './address-file.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { failureText, StartError } from './failure-text.ts';
import { findFreePorts, requireFreePorts } from './free-ports.ts';
import { loadJourney, playJourney, registerCoordinators } from './journey.ts';
import { type Options, readOptions } from './options.ts';
import { startProgress } from './progress.ts';
import { readOutcome } from './summary.ts';
import { summaryText } from './summary-text.ts';

const projectDirectory = join(import.meta.dirname, '..');
const ownDirectory = join(projectDirectory, '.tiendo');
const addressFile = join(ownDirectory, 'local.json');
/** What shells report of a program that Ctrl+C ended. */
const interruptedExitCode = 130;

const asked = readOptions(process.argv.slice(2));
if ('text' in asked) {
  (asked.exitCode === 0 ? console.log : console.error)(asked.text);
  process.exit(asked.exitCode);
}

const interruption = new AbortController();
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
let cloud: Cloud | undefined;

try {
  await start(asked);
} catch (error) {
  if (!interruption.signal.aborted) {
    // A permission that is missing shows as some failed step; the cloud knows which it was.
    const reason = await (cloud?.idle() ?? Promise.resolve()).then(() => error).catch((denial) => denial);
    console.error(`\n${failureText(reason)}`);
    await cloud?.close();
    // Whatever may still be under way, such as a synthesis, has nobody to work for.
    process.exit(1);
  }
}

async function start({ isOnce, isEmpty, asOf, data, port }: Options): Promise<void> {
  const startedMs = performance.now();
  const firstPort = port === 0 ? await findFreePorts() : port;
  await requireFreePorts(firstPort);
  const dataDirectory = await openDataDirectory(data);
  const journey = await loadJourney();
  const stopsAt = asOf ?? endOfDay(journey.asOf);

  const progress = startProgress('Dựng hệ thống · build and start', 2);
  await synthesize({ portalUrl: `http://127.0.0.1:${firstPort + 3}`, isChecked: false });
  progress.advance();
  cloud = await startCloud({
    templateDirectory: join(projectDirectory, 'cdk.out'),
    dataDirectory,
    startAt: isEmpty ? stopsAt : journey.startsAt,
    port: firstPort,
  });
  process.once('exit', writeAddresses(addressFile, cloud.addresses));
  progress.advance();
  progress.done();

  if (!isEmpty) {
    await registerCoordinators(cloud, interruption.signal);
    await playJourney(cloud, journey, stopsAt, interruption.signal);
  }
  const catalogue = loadCatalogue();
  const outcome = await readOutcome(cloud, catalogue, cloud.clock.now());
  console.log(`\n${summaryText(outcome, catalogue)}`);
  console.log(`\nXong sau ${Math.round((performance.now() - startedMs) / 1000)} giây · seconds.`);
  if (isOnce) {
    await cloud.close();
    return;
  }
  console.log(addressesText(cloud));
  cloud.run();
}

/** The folder of the data; its own one is emptied. Throws when another run is using it. */
async function openDataDirectory(given: string | undefined): Promise<string> {
  const directory = given === undefined ? join(ownDirectory, 'local') : resolve(given);
  if (given === undefined) {
    const apiUrl = await findRunning(addressFile);
    if (apiUrl !== undefined) {
      throw new StartError(
        [
          `tiendo đang chạy tại ${apiUrl}. Hãy dừng lần chạy ấy trước, hoặc cho lần này một thư mục riêng: npm start -- --data THƯ_MỤC --port 0`,
          `tiendo is running at ${apiUrl}. Stop that run first, or give this one a folder of its own: npm start -- --data DIR --port 0`,
        ].join('\n'),
      );
    }
    await rm(directory, { recursive: true, force: true });
  }
  await mkdir(directory, { recursive: true });
  return directory;
}

/** Ends the run where it stands: what was acknowledged is on disk. The second time at once. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(interruptedExitCode);
  interruption.abort();
  // After a bar that was cut off.
  console.log('\nĐã dừng theo yêu cầu · stopped.');
  const closed = cloud?.close() ?? Promise.resolve();
  void closed.finally(() => process.exit(interruptedExitCode));
}

function addressesText({ addresses, clock }: Cloud): string {
  const now = clock.now();
  const time = timeOfDay(now).slice(0, 5);
  return [
    '',
    `Cổng thông tin · portal  ${addresses.portalUrl}`,
    `Hộp thư · mailbox        ${addresses.mailboxUrl}`,
    `API                      ${addresses.apiUrl}`,
    `Đăng nhập · sign in      npx tiendo login`,
    '',
    `Đồng hồ hệ thống đang là ${time} ngày ${formatDay(dayOf(now))} và chạy tiếp. Ctrl+C để dừng.`,
    `The system's clock says ${dayOf(now)} ${time} and runs on. Ctrl+C stops it.`,
  ].join('\n');
}
