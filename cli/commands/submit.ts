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
import { CommandError, type Printer, runReported } from '../command-error.ts';
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

Mã kết thúc · exit code: 0 mọi tệp hợp lệ · all accepted (--no-wait: đã tải lên · uploaded), 1 có tệp không được nhận ·
one was not, 2 dùng sai · wrong usage`;

/**
 * `tiendo submit FILE… [--no-check] [--no-wait] [--json] [--api URL]`: checks the files here, uploads them, waits
 * for their outcome and prints a receipt of each. Exit 0 when all are accepted (`--no-wait`: uploaded), 1 when one
 * is not or nothing could be sent, 2 for wrong usage.
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

/** What became of a file, as `--json` prints it. `submission` is missing when it was not sent. */
interface Outcome extends Findings {
  file: string;
  sent: boolean;
  submission?: Submission | { id: string };
}

async function submit(
  paths: readonly string[],
  { api: address, check: isChecked, wait: isAwaited, json }: SubmitOptions,
  { machine, wait }: SubmitSurroundings,
  { print, complain }: Printer,
): Promise<void> {
  const sendings = await Promise.all(paths.map(openSending));
  const api = await resolveSession({ api: address }, machine);
  const outcomes: Outcome[] = [];
  const tell = (outcome: Outcome, text: string) => {
    outcomes.push(outcome);
    if (!json) print(text);
  };
  try {
    if (isChecked && (await findRejected(api, sendings, tell))) {
      process.exitCode = 1;
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
      if (submission.state !== 'accepted') process.exitCode = 1;
      const { body } = await callRoute(api, 'GET /submissions/{id}/issues', { params: { id } });
      const { issues, issueCounts } = body;
      const outcome = { file: sending.path, sent: true, submission, issues, issueCounts };
      tell(outcome, receiptText(submission, body));
    }
  } finally {
    // What was sent before a fault is told too.
    if (json) print(JSON.stringify(outcomes, null, 2));
  }
}

async function openSending(path: string): Promise<Sending> {
  const file = await requireFile(path);
  const isJson = ['.json', '.jsonl', '.ndjson'].includes(extname(path).toLowerCase());
  if (file.bytes === 0 || file.bytes > maxFileBytes) {
    throw new CommandError(
      `Tệp ${path} có ${file.bytes} byte; chỉ nhận từ 1 đến ${maxFileBytes} byte.`,
      `${path} has ${file.bytes} bytes; from 1 to ${maxFileBytes} are taken.`,
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
    const { issues, issueCounts } = check;
    tell({ file: path, sent: false, issues, issueCounts }, checkText(check, path, body.asOf));
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
