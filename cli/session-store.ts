import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const storedSessionSchema = z.object({
  issuer: z.string(),
  clientId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAtMs: z.number(),
});
/** What a sign-in leaves behind. `expiresAtMs` is the access token's end, milliseconds since 1970. */
export type StoredSession = z.infer<typeof storedSessionSchema>;

const fileSchema = z.record(z.string(), storedSessionSchema);

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The session kept for an API; `undefined` when there is none. */
export async function loadStoredSession(
  environment: Environment,
  apiUrl: string,
): Promise<StoredSession | undefined> {
  return (await loadAll(environment))[apiUrl];
}

/** Keeps the session for an API, readable by its owner only. */
export async function storeSession(
  environment: Environment,
  apiUrl: string,
  session: StoredSession,
): Promise<void> {
  const sessions = { ...(await loadAll(environment)), [apiUrl]: session };
  const directory = sessionDirectory(environment);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, fileName);
  const written = `${path}.${process.pid}`;
  await writeFile(written, `${JSON.stringify(sessions, null, 2)}\n`, { mode: 0o600 });
  // The mode above counts for new files only.
  await chmod(written, 0o600);
  await rename(written, path);
}

const fileName = 'sessions.json';

function sessionDirectory({ XDG_CONFIG_HOME, HOME }: Environment): string {
  return join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'tiendo');
}

async function loadAll(environment: Environment): Promise<Record<string, StoredSession>> {
  const path = join(sessionDirectory(environment), fileName);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return fileSchema.parse(JSON.parse(text));
}
