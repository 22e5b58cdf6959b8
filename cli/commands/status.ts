import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Api } from '../../shared/client/api.ts';
import { type AnswerOf, callRoute } from '../../shared/client/call-route.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import { stateText } from '../../shared/domain/receipt.ts';
import { isUnpublishedCopy, type Submission } from '../../shared/domain/submission.ts';
import { explainApiFault } from '../api-faults.ts';
import { requireUnit } from '../arguments.ts';
import { CommandError, type Printer, runReported } from '../command-error.ts';
import { downloadFile } from '../download-file.ts';
import { receiptText } from '../receipt-text.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';
import { tableLines } from '../text-table.ts';
import { timeText } from '../time-text.ts';

interface StatusOptions {
  unit?: string;
  issues?: string;
  annotated?: string;
  json?: boolean;
  api?: string;
}

/**
 * `tiendo status [ID] [--issues FILE] [--annotated FILE] [--unit 74] [--json] [--api URL]`: a unit's latest
 * submissions, or one with its issues; the list of all of them and the annotated copy into files. A province
 * account has its own unit; others name one. Exit 2 for wrong usage, 3 when the API refuses or there is no such file.
 */
export function statusCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('status')
    .description('Xem các lượt nộp, hoặc một lượt với các lỗi · a unit’s submissions, or one with its issues')
    .argument('[id]', 'mã lượt nộp trên biên nhận · the id on the receipt')
    .option(
      '--unit <id>',
      'đơn vị; tài khoản địa phương không cần · the unit; a province account has its own',
    )
    .option(
      '--issues <file>',
      'ghi danh sách lỗi đầy đủ (CSV) vào tệp này · write the list of all issues here',
    )
    .option(
      '--annotated <file>',
      'ghi bản sao có ghi lỗi ở từng dòng · write the copy with issues at its rows',
    )
    .option('--json', 'in dạng JSON · print JSON')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .action(async (id: string | undefined, { unit, json = false, api, ...paths }: StatusOptions) => {
      await runReported(
        command,
        async (printer) => {
          if (unit !== undefined) requireUnit(loadCatalogue(), unit);
          if (id === undefined && Object.keys(paths).length > 0) throw submissionRequired();
          const session = await resolveSession({ api }, machine);
          if (id === undefined) {
            await printList(session, unit, json, printer);
            return;
          }
          await printOne(session, id, unit, json, printer);
          await downloadFiles(session, id, unit, paths, printer);
        },
        explainApiFault,
      );
    });
  return command;
}

async function printList(
  api: Api,
  unit: string | undefined,
  isJson: boolean,
  { print }: Printer,
): Promise<void> {
  const { body } = await callRoute(api, 'GET /submissions', { query: { unit } });
  print(isJson ? JSON.stringify(body, null, 2) : listText(body));
}

async function printOne(
  api: Api,
  id: string,
  unit: string | undefined,
  isJson: boolean,
  { print }: Printer,
): Promise<void> {
  const inputs = { params: { id }, query: { unit } };
  const { body: submission } = await callRoute(api, 'GET /submissions/{id}', inputs);
  const { body: found } = await callRoute(api, 'GET /submissions/{id}/issues', inputs);
  const { file, issues, issueCounts } = found;
  print(
    isJson
      ? JSON.stringify({ ...submission, file, issues, issueCounts }, null, 2)
      : receiptText(submission, found),
  );
}

async function downloadFiles(
  api: Api,
  id: string,
  unit: string | undefined,
  { issues, annotated }: Pick<StatusOptions, 'issues' | 'annotated'>,
  { complain }: Printer,
): Promise<void> {
  const inputs = { params: { id }, query: { unit } };
  if (issues !== undefined) {
    const { body } = await callRoute(api, 'GET /submissions/{id}/issues.csv', inputs);
    await downloadFile(body.url, issues);
    complain(`Đã ghi · wrote ${issues}`);
  }
  if (annotated !== undefined) {
    const { body } = await callRoute(api, 'GET /submissions/{id}/annotated', inputs);
    await downloadFile(body.url, annotated);
    complain(`Đã ghi · wrote ${annotated}`);
  }
}

function submissionRequired(): CommandError {
  return new CommandError(
    'Hãy ghi mã lượt nộp: --issues và --annotated là của một lượt nộp.',
    'Name the submission: --issues and --annotated are of one.',
    2,
  );
}

/** The list for people, newest first, one line a submission. */
function listText({ unit, submissions }: AnswerOf<'GET /submissions'>): string {
  const name = findUnit(loadCatalogue(), unit)?.name ?? unit;
  if (submissions.length === 0) {
    return `${name}: chưa có lượt nộp nào · no submissions yet`;
  }
  const rows = submissions.map((submission) => [
    submission.id,
    timeText(submission.receivedAt ?? submission.requestedAt),
    stateText(submission).vi,
    submission.observations === undefined ? '' : String(submission.observations),
    String(Object.values(submission.issueCounts ?? {}).reduce((sum, count) => sum + count, 0) || ''),
    submission.fileName,
    remarkOn(submission),
  ]);
  const heading = ['Mã lượt nộp', 'Thời điểm', 'Trạng thái', 'Số liệu', 'Lỗi và cảnh báo', 'Tệp', 'Ghi chú'];
  return [name, '', ...tableLines([heading, ...rows], { right: [3, 4] })].join('\n');
}

/** What the state does not say: when and why a submission was withdrawn, or that it published nothing. */
function remarkOn(submission: Submission): string {
  const { withdrawnAt, withdrawalReason } = submission;
  if (withdrawnAt !== undefined) return `rút lúc ${timeText(withdrawnAt)}: ${withdrawalReason ?? ''}`;
  return isUnpublishedCopy(submission) ? 'trùng tệp đã nộp, không công bố lại' : '';
}
