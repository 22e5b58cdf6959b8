import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { ApiProblem } from '../../shared/client/api.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import type { Account } from '../../shared/domain/api-requests.ts';
import type { Bilingual } from '../../shared/domain/catalogue.ts';
import { ProblemError } from '../../shared/domain/problem.ts';
import { type AccountRow, checkAccount, readAccountFile } from '../account-file.ts';
import { explainApiFault } from '../api-faults.ts';
import { CommandError, exitCodes, runReported } from '../command-error.ts';
import { fileFault } from '../file-fault.ts';
import { type Machine, resolveSession, thisMachine } from '../session.ts';

interface Target {
  api?: string;
  userPool?: string;
}

/** Makes one account. Throws `LineError` for what is wrong with this account, `CommandError` for all else. */
type MakeAccount = (account: Account) => Promise<'created' | 'existing'>;

/** One account cannot be made; the next may. */
class LineError extends CommandError {}

const help = `
Người được tạo tài khoản nhận mật khẩu tạm qua e-mail. Chạy lại lệnh không tạo thêm gì.
The person is mailed a temporary password. Running a command again makes nothing twice.

Quản trị viên đầu tiên: ngay sau "cdk deploy" chưa có ai đăng nhập được, nên tạo bằng quyền AWS của người triển khai
(UserPoolId là một kết quả của "cdk deploy"):
The first admin: right after "cdk deploy" nobody can sign in, so make it with the deployer's AWS credentials
(UserPoolId is an output of "cdk deploy"):
  tiendo users add --email ten@co-quan.gov.vn --role admin --user-pool <UserPoolId>`;

/**
 * `tiendo users add --email A --role R [--unit U]` and `tiendo users import FILE.csv`: makes accounts, through
 * the API as an admin, or with `--user-pool ID` directly with AWS credentials. Exit 1 when an account is refused, 2
 * for wrong usage, 3 when none could be asked for.
 */
export function usersCommand(machine: Machine = thisMachine()): Command {
  return new Command('users')
    .description('Tạo tài khoản · make accounts')
    .addHelpText('after', help)
    .addCommand(addCommand(machine))
    .addCommand(importCommand(machine));
}

function addCommand(machine: Machine): Command {
  const command = withTarget(new Command('add'))
    .description('Tạo một tài khoản · make one account')
    .requiredOption('--email <address>', 'địa chỉ e-mail để đăng nhập · the address to sign in with')
    .requiredOption('--role <role>', 'province | coordinator | analyst | admin')
    .option('--unit <id>', 'đơn vị, bắt buộc với vai trò province, ví dụ 74 hoặc BTTTT · the unit')
    .action(async (options: Target & { email: string; role: string; unit?: string }) => {
      await runReported(command, async ({ print }) => {
        const checked = checkAccount(options, loadCatalogue());
        if ('problem' in checked) throw new CommandError(checked.problem.vi, checked.problem.en, 2);
        const make = await accountMaker(options, machine);
        const said = outcomeTexts[await make(checked.account)];
        print(`${said}: ${describeAccount(checked.account)}`);
      });
    });
  return command;
}

function importCommand(machine: Machine): Command {
  const command = withTarget(new Command('import'))
    .description('Tạo các tài khoản trong một tệp CSV · make the accounts of a CSV file')
    .argument('<file>', 'tệp CSV (UTF-8) có các cột email, role, unit · a CSV file with these columns')
    .action(async (path: string, target: Target) => {
      await runReported(command, async ({ print }) => {
        const bytes = await readFile(path).catch((error: unknown) => {
          const { vi, en } = fileFault(error);
          throw new CommandError(`Không đọc được tệp ${path}: ${vi}.`, `Cannot read ${path}: ${en}.`, 2);
        });
        const rows = readAccountFile(bytes, loadCatalogue());
        const results = await importAccounts(rows, await accountMaker(target, machine));
        print(summary(results, rows.length));
        if (results.stopped) throw results.stopped;
        if (results.failed.length > 0) process.exitCode = exitCodes.rejected;
      });
    });
  return command;
}

interface ImportResults {
  created: number;
  existing: number;
  failed: { row: number; email: string; reason: Bilingual }[];
  /** Why the rows after were not tried: no connection, no permission. */
  stopped?: CommandError;
}

async function importAccounts(rows: readonly AccountRow[], make: MakeAccount): Promise<ImportResults> {
  const results: ImportResults = { created: 0, existing: 0, failed: [] };
  const bar = new SingleBar({
    format: '{bar} {value}/{total} tài khoản · accounts',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(rows.length, 0);
  try {
    for (const entry of rows) {
      const outcome = 'problem' in entry ? entry.problem : await makeOne(entry.account, make);
      if (typeof outcome === 'string') results[outcome] += 1;
      else results.failed.push({ row: entry.row, email: entry.email, reason: outcome });
      bar.increment();
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    results.stopped = error;
  } finally {
    bar.stop();
  }
  return results;
}

async function makeOne(account: Account, make: MakeAccount): Promise<'created' | 'existing' | Bilingual> {
  try {
    return await make(account);
  } catch (error) {
    if (error instanceof LineError) return { vi: error.vi, en: error.en };
    throw error;
  }
}

function withTarget(command: Command): Command {
  return command
    .option(
      '--api <url>',
      'địa chỉ API, mặc định là bản chạy trên máy này; cần đăng nhập bằng tài khoản admin · the API, as an admin',
    )
    .option('--user-pool <id>', 'tạo thẳng trong Cognito bằng quyền AWS · directly, with AWS credentials');
}

async function accountMaker({ userPool, ...target }: Target, machine: Machine): Promise<MakeAccount> {
  if (userPool !== undefined) {
    // Loaded here, so that no other use of the command line pays for the SDK.
    const { accountPool, createAccount } = await import('../../shared/aws/accounts.ts');
    const pool = accountPool(userPool);
    return (account) => createAccount(account, pool).catch(rethrowFromPool);
  }
  const api = await resolveSession(target, machine);
  return async (account) => {
    const { status } = await callRoute(api, 'POST /accounts', { body: account }).catch(rethrowFromApi);
    return status === 201 ? 'created' : 'existing';
  };
}

/** Nobody gets further without permission or connection; another refusal is about this account. */
function rethrowFromApi(error: unknown): never {
  if (error instanceof ApiProblem && error.status !== 401 && error.status !== 403) {
    const { vi, en } = error.detail;
    const isOfAccount = error.status >= 400 && error.status < 500;
    throw new LineError(vi, en, isOfAccount ? exitCodes.rejected : exitCodes.notDone);
  }
  throw explainApiFault(error) ?? error;
}

function rethrowFromPool(error: unknown): never {
  if (error instanceof ProblemError) {
    const { vi, en } = error.problem.detail;
    throw new LineError(vi, en, exitCodes.rejected);
  }
  if (!(error instanceof Error)) throw error;
  const text = `${error.name}: ${error.message}`;
  if (error.name === 'InvalidParameterException') throw new LineError(text, text, exitCodes.rejected);
  throw new CommandError(
    `Không tạo được tài khoản trong Cognito: ${text}`,
    `Cannot make accounts in Cognito: ${text}`,
  );
}

const outcomeTexts = { created: 'Đã tạo · created', existing: 'Đã có · exists already' } as const;

function summary({ created, existing, failed, stopped }: ImportResults, total: number): string {
  const untried = total - created - existing - failed.length;
  const lines = [
    `${outcomeTexts.created}: ${created}`,
    `${outcomeTexts.existing}: ${existing}`,
    `Lỗi · failed: ${failed.length}`,
    ...failed.map(({ row, email, reason }) => `  dòng · row ${row} ${email}: ${reason.vi} · ${reason.en}`),
    ...(stopped ? [`Chưa làm · not tried: ${untried} (chạy lại được · the command can be run again)`] : []),
  ];
  return lines.join('\n');
}

function describeAccount({ email, role, unit }: Account): string {
  return [email, role, ...(unit === undefined ? [] : [unit])].join(', ');
}
