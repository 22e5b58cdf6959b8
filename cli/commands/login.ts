import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { CommandError, runReported } from '../command-error.ts';
import { loadLocalRun, type Machine, normalizeUrl, resolveApiUrl, thisMachine } from '../session.ts';
import { loadStoredSession, storeSession } from '../session-store.ts';
import type { SignInService } from '../sign-in.ts';

interface LoginOptions {
  api?: string;
  issuer?: string;
  clientId?: string;
  browser: boolean;
}

/** What tests put in place of the browser and of the port the user pool's client allows. */
export interface LoginSurroundings {
  machine: Machine;
  openBrowser(url: string): void;
  callbackUrl?: string;
}

const help = `
Không có --api: đăng nhập vào bản đang chạy trên máy này (npm start), đọc từ .tiendo/local.json.
Without --api: signs in to the local run (npm start), read from .tiendo/local.json.

Với bản triển khai, lấy địa chỉ từ kết quả của "cdk deploy":
For a deployment, take the addresses from the outputs of "cdk deploy":
  ApiUrl                → --api
  UserPoolId            → --issuer https://cognito-idp.<region>.amazonaws.com/<UserPoolId>
  ClientId              → --client-id
--issuer và --client-id chỉ cần lần đầu · are needed the first time only.

Chương trình gửi tự động dùng biến môi trường TIENDO_TOKEN thay cho lệnh này.
Unattended senders set TIENDO_TOKEN instead.`;

/**
 * `tiendo login [--api URL --issuer URL --client-id ID] [--no-browser]`: signs in through the browser and keeps
 * the tokens for the API in the user's configuration directory. Exit 2 for wrong usage, 3 when nobody signed in.
 */
export function loginCommand(surroundings: LoginSurroundings = ownSurroundings()): Command {
  const command = new Command('login')
    .description('Đăng nhập qua trình duyệt · sign in through the browser')
    .option('--api <url>', 'địa chỉ API, mặc định là bản chạy trên máy này · the API, default the local run')
    .option('--issuer <url>', 'dịch vụ đăng nhập · the sign-in service')
    .option('--client-id <id>', 'mã ứng dụng ở dịch vụ đăng nhập · the client id there')
    .option('--no-browser', 'chỉ in địa chỉ, không mở trình duyệt · print the address only')
    .addHelpText('after', help)
    .action(async (options: LoginOptions) => {
      await runReported(command, ({ print }) => login(options, surroundings, print));
    });
  return command;
}

async function login(
  options: LoginOptions,
  { machine, openBrowser, callbackUrl }: LoginSurroundings,
  print: (text: string) => void,
): Promise<void> {
  const apiUrl = await resolveApiUrl(options.api, machine);
  const service = await findService(apiUrl, options, machine);
  const { signIn } = await import('../sign-in.ts');
  const { email, groups, ...tokens } = await signIn({
    ...service,
    ...(callbackUrl && { callbackUrl }),
    show(url) {
      print(`Mở địa chỉ này trong trình duyệt để đăng nhập · open this address to sign in:\n\n  ${url}\n`);
      if (options.browser) openBrowser(url);
    },
  });
  await storeSession(machine.environment, apiUrl, { ...service, ...tokens });
  print(`Đã đăng nhập · signed in: ${email ?? '?'} (${groups.join(', ')})\n${apiUrl}`);
}

/** From the options, from an earlier sign-in to the same API, or from the local run when it is the API. */
async function findService(
  apiUrl: string,
  { issuer, clientId }: LoginOptions,
  machine: Machine,
): Promise<SignInService> {
  const local = await loadLocalRun(machine);
  const known =
    local && normalizeUrl(local.apiUrl) === apiUrl
      ? local
      : await loadStoredSession(machine.environment, apiUrl);
  const service = { issuer: issuer ?? known?.issuer, clientId: clientId ?? known?.clientId };
  if (service.issuer === undefined || service.clientId === undefined) {
    throw new CommandError(
      `Lần đầu đăng nhập vào ${apiUrl}: hãy thêm --issuer và --client-id (xem "tiendo login --help").`,
      `The first sign-in to ${apiUrl}: add --issuer and --client-id (see "tiendo login --help").`,
      2,
    );
  }
  return { issuer: normalizeUrl(service.issuer), clientId: service.clientId };
}

function ownSurroundings(): LoginSurroundings {
  return { machine: thisMachine(), openBrowser };
}

/** Tries to; the address was printed, so nothing is lost when there is no browser. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler']
        : ['xdg-open'];
  const child = spawn(program ?? 'xdg-open', [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
