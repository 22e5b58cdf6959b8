import * as z from 'zod';

const configSchema = z.object({
  /** Without a slash at the end. */
  apiUrl: z.string().transform((url) => url.replace(/\/+$/, '')),
  issuer: z.string(),
  clientId: z.string(),
});

/** Where this portal's API and sign-in are: `{ apiUrl: 'https://…', issuer: 'https://…', clientId: '…' }`. */
export type Config = z.infer<typeof configSchema>;

/** Reads what the deployment wrote beside the pages. Throws when it is not there or not readable. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
  return configSchema.parse(await response.json());
}
