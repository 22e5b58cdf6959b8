import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Api } from '../shared/client/api.ts';
import { CommandError } from './command-error.ts';
import { type Environment, loadStoredSession, type StoredSession, storeSession } from './session-store.ts';

/** What a command sees of the machine it runs on. */
export interface Machine {
  environment: Environment;
  workingDirectory: string;
  /** Where `npm start` says how its run is reached, for commands from another folder: nobody else can write there. */
  projectDirectory?: string;
  /** Real time: tokens do not follow the embedded clock. */
  nowMs(): number;
}

const localRunSchema = z.object({ apiUrl: z.string(), issuer: z.string(), clientId: z.string() });
/** Where a local run can be reached; it writes this, and more, to `.tiendo/local.json`. */
export type LocalRun = z.infer<typeof localRunSchema>;

/** An access token is renewed when less than this is left of it. */
const renewBeforeMs = 60_000;

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return {
    environment: process.env,
    workingDirectory: process.cwd(),
    projectDirectory: join(import.meta.dirname, '..'),
    nowMs: Date.now,
  };
}

/**
 * Whom a command speaks to, and as whom: the API of `--api URL`, or without it of the local run. The token is
 * `TIENDO_TOKEN`, for unattended senders, or that of `tiendo login`, renewed when less than a minute is left of
 * it; asking for it throws `CommandError` when somebody must sign in.
 */
export async function resolveSession(
  { api }: { api?: string | undefined },
  machine: Machine = thisMachine(),
): Promise<Api> {
  const url = await resolveApiUrl(api, machine);
  const { environment } = machine;
  return {
    url,
    accessToken: async () => environment.TIENDO_TOKEN || (await storedToken(url, machine)),
  };
}

/** The API's address from `--api`, or else the local run's. */
export async function resolveApiUrl(api: string | undefined, machine: Machine): Promise<string> {
  if (api !== undefined) return normalizeUrl(api);
  const local = await loadLocalRun(machine);
  if (local) return normalizeUrl(local.apiUrl);
  throw new CommandError(
    'Chưa biết gửi tới đâu: hãy thêm --api URL, hoặc chạy "npm start" để có bản chạy trên máy này.',
    'No API is known: add --api URL, or run "npm start" for one on this machine.',
    2,
  );
}

/** The local run of this working directory, or else of the project; `undefined` when there is none. */
export async function loadLocalRun(machine: Machine): Promise<LocalRun | undefined> {
  const { workingDirectory, projectDirectory = workingDirectory } = machine;
  return (await readLocalRun(workingDirectory)) ?? (await readLocalRun(projectDirectory));
}

async function readLocalRun(directory: string): Promise<LocalRun | undefined> {
  const path = join(directory, '.tiendo', 'local.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : localRunSchema.parse(JSON.parse(text));
}

/** An address without its last slash. Tokens travel over HTTPS, or plainly to this very machine, and nowhere else. */
export function normalizeUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !(url.protocol === 'https:' || isLoopback(url))) {
    throw new CommandError(
      `Địa chỉ phải bắt đầu bằng https:// (hoặc http://127.0.0.1): "${text}"`,
      `An address must begin with https:// (or http://127.0.0.1): "${text}"`,
      2,
    );
  }
  return url.href.replace(/\/$/, '');
}

/** Whether an address is plain HTTP to this machine. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

async function storedToken(apiUrl: string, { environment, nowMs }: Machine): Promise<string> {
  const stored = await loadStoredSession(environment, apiUrl);
  if (!stored) throw signInNeeded();
  if (stored.expiresAtMs - nowMs() > renewBeforeMs) return stored.accessToken;
  if (stored.refreshToken === undefined) throw signInNeeded();
  // Loaded here: commands that need no new token need no OpenID client.
  const { refreshTokens } = await import('./sign-in.ts');
  const tokens = await refreshTokens(stored, stored.refreshToken);
  if (!tokens) throw signInNeeded();
  const renewed: StoredSession = {
    ...stored,
    ...tokens,
    refreshToken: tokens.refreshToken ?? stored.refreshToken,
  };
  await storeSession(environment, apiUrl, renewed);
  return renewed.accessToken;
}

function signInNeeded(): CommandError {
  return new CommandError(
    'Chưa đăng nhập hoặc phiên đăng nhập đã hết hạn: hãy chạy "tiendo login".',
    'Not signed in, or the session has ended: run "tiendo login".',
  );
}
