import { basename, extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Api } from '../../shared/client/api.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { requestUpload } from '../../shared/client/submit-file.ts';
import { type Check, checkFile } from '../../shared/domain/intake/check-file.ts';
import type { SourceFile } from '../../shared/domain/intake/source-file.ts';
import { maxFileBytes, type Submission } from '../../shared/domain/submission.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireFile } from '../arguments.ts';
import { awaitOutcome } from '../await-outcome.ts';
import { CommandError, exitCodes, type Printer, runReported } from '../command-error.ts';
import { type Findings, receiptText } from '../receipt-text.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { uploadFile } from '../upload-file.ts';
import { readViewer } from '../viewer.ts';
import { checkText } from './check.ts';

interface SubmitOptions {
  api?: string;
  check: boolean;
  wait: boolean;
  json?: boolean;
}

/** What tests put in place of time passing. */
export interface SubmitSurroundings {
  machine: Machine;
  wait(ms: number): Promise<void>;
}

const help = `
Tệp được kiểm tra trên máy này trước; có lỗi thì không tệp nào được gửi. Đơn vị là đơn vị của tài khoản đang đăng nhập
("tiendo login", hoặc biến môi trường TIENDO_TOKEN cho chương trình gửi tự động).
The files are checked on this machine first; with an error in any of them, none is sent. The unit is that of the
account signed in ("tiendo login", or TIENDO_TOKEN in the environment for unattended senders).

Mã kết thúc · exit code: 0 mọi tệp hợp lệ · all accepted (--no-wait: đã tải lên · uploaded), 1 có tệp bị từ chối ·
one was rejected, 2 dùng sai · wrong usage, 3 chưa gửi được · could not be sent`;

/**
 * `tiendo submit FILE… [--no-check] [--no-wait] [--json] [--api URL]`: checks the files here, uploads them, waits
 * for their outcome and prints a receipt of each. All that cannot be sent are named before anything is. Exit 0 when
 * all are accepted (`--no-wait`: uploaded), 1 when one is rejected, 2 for wrong usage or a file that cannot be read,
 * 3 when one could not be sent or has no outcome.
 */
export function submitCommand(surroundings: SubmitSurroundings = ownSurroundings()): Command {
  const command = new Command('submit')
    .description('Kiểm tra rồi nộp tệp, in biên nhận · check files, send them, print the receipts')
    .argument('<file...>', 'tệp CSV hoặc JSON · CSV or JSON files')
    .option('--no-check', 'gửi ngay, không kiểm tra trước trên máy này · send without checking here first')
    .option('--no-wait', 'không chờ kết quả sau khi tải lên · do not wait for the outcome')
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .addHelpText('after', help)
    .action(async (paths: string[], options: SubmitOptions) => {
      await runReported(command, (printer) => submit(paths, options, surroundings, printer), explainApiFault);
    });
  return command;
}

/** A file on its way, with what is known of it. */
interface Sending {
  path: string;
  file: SourceFile;
  contentType: 'text/csv' | 'application/json';
}

/**
 * What became of a file, as `--json` prints it. `submission` is missing when it was not sent; `detected` is what was
 * detected about it, once that is known.
 */
interface Outcome extends Omit<Findings, 'file'> {
  file: string;
  detected?: Findings['file'];
  sent: boolean;
  submission?: Submission | { id: string };
}

async function submit(
  paths: readonly string[],
  { api: address, check: isChecked, wait: isAwaited, json }: SubmitOptions,
  { machine, wait }: SubmitSurroundings,
  { print, complain }: Printer,
): Promise<void> {
  const opened = await Promise.all(paths.map(openSending));
  const sendings = opened.flatMap((one) => (one instanceof CommandError ? [] : [one]));
  const faults = opened.filter((one) => one instanceof CommandError);
  for (const { message } of faults) complain(message);
  const api = await resolveSession({ api: address }, machine);
  const outcomes: Outcome[] = [];
  const tell = (outcome: Outcome, text: string) => {
    outcomes.push(outcome);
    if (!json) print(text);
  };
  try {
    const isAnyRejected = isChecked && sendings.length > 0 && (await findRejected(api, sendings, tell));
    if (isAnyRejected || faults.length > 0) {
      process.exitCode = Math.max(
        isAnyRejected ? exitCodes.rejected : 0,
        ...faults.map(({ exitCode }) => exitCode),
      );
      complain('Có lỗi nên không tệp nào được gửi.\nNothing was sent.');
      return;
    }
    for (const sending of sendings) {
      const id = await send(api, sending, wait);
      if (!isAwaited) {
        const sent = { file: sending.path, sent: true, submission: { id }, issues: [], issueCounts: {} };
        tell(sent, `${sending.path}: đã tải lên · uploaded\n  Xem kết quả · outcome: tiendo status ${id}`);
        continue;
      }
      const submission = await awaitOutcome(api, id, wait);
      // What failed here outweighs a rejection before it: sending that file again may help.
      process.exitCode = Math.max(Number(process.exitCode ?? 0), exitCodeOf(submission.state));
      const { body } = await callRoute(api, 'GET /submissions/{id}/issues', { params: { id } });
      const { file: detected, issues, issueCounts } = body;
      const outcome = { file: sending.path, sent: true, submission, detected, issues, issueCounts };
      tell(outcome, receiptText(submission, body));
    }
  } finally {
    // What was sent before a fault is told too.
    if (json) print(JSON.stringify(outcomes, null, 2));
  }
}

/** What a submission's outcome means for the shell: nothing, a rejection, or that nothing came of it. */
function exitCodeOf(state: Submission['state']): number {
  if (state === 'accepted') return 0;
  return state === 'rejected' ? exitCodes.rejected : exitCodes.notDone;
}

/** A file to be sent, or why it cannot be. */
async function openSending(path: string): Promise<Sending | CommandError> {
  const file = await requireFile(path).catch((error: unknown) => {
    if (error instanceof CommandError) return error;
    throw error;
  });
  if (file instanceof CommandError) return file;
  const isJson = ['.json', '.jsonl', '.ndjson'].includes(extname(path).toLowerCase());
  if (file.bytes === 0 || file.bytes > maxFileBytes) {
    return new CommandError(
      `Tệp ${path} có ${file.bytes} byte; chỉ nhận từ 1 đến ${maxFileBytes} byte.`,
      `${path} has ${file.bytes} bytes; from 1 to ${maxFileBytes} are taken.`,
      exitCodes.rejected,
    );
  }
  return { path, file, contentType: isJson ? 'application/json' : 'text/csv' };
}

/** Whether the check of any file finds an error, as of the API's time; tells of each that has one. */
async function findRejected(
  api: Api,
  sendings: readonly Sending[],
  tell: (outcome: Outcome, text: string) => void,
): Promise<boolean> {
  const unitId = await requireOwnUnit(api);
  const { body } = await callRoute(api, 'GET /units/{unit}', { params: { unit: unitId } });
  const context = { catalogue: loadCatalogue(), areas: loadAreas(), unitId, receivedAt: body.asOf };
  let isAnyRejected = false;
  for (const { path, file } of sendings) {
    const check: Check = await checkFile(file, context);
    if (check.verdict === 'accepted') continue;
    isAnyRejected = true;
    const { file: detected, issues, issueCounts } = check;
    tell({ file: path, sent: false, detected, issues, issueCounts }, checkText(check, path, body.asOf));
  }
  return isAnyRejected;
}

async function requireOwnUnit(api: Api): Promise<string> {
  const viewer = await readViewer(api);
  if (viewer?.role === 'province') return viewer.unit;
  throw new CommandError(
    'Chỉ tài khoản của một địa phương hoặc cơ quan mới nộp được tệp. Hãy đăng nhập bằng tài khoản đó ("tiendo login").',
    'Only the account of a province or an agency can send files. Sign in with one ("tiendo login").',
  );
}

/** Announces and uploads a file; returns the id of its submission. */
async function send(
  api: Api,
  { path, file, contentType }: Sending,
  wait: (ms: number) => Promise<void>,
): Promise<string> {
  const { bytes, sha256 } = file;
  const fileName = basename(path).normalize('NFC');
  const upload = await requestUpload(api, { fileName, contentType, bytes, sha256 });
  await uploadFile(upload, file, wait);
  return upload.id;
}

function ownSurroundings(): SubmitSurroundings {
  return {
    machine: thisMachine(),
    wait: async (ms) => {
      await delay(ms);
    },
  };
}
