import * as z from 'zod';

/** What goes back to the client of the HTTP API. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  cookies: readonly string[];
  body: string | Buffer;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const resultSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalar).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/**
 * What a function's result means as an answer: with a `statusCode` it is one, otherwise the result is the body
 * of a 200. Throws when it is neither.
 */
export function answerOf(result: unknown): ApiAnswer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = resultSchema.parse(result);
  return {
    status: statusCode,
    headers: {
      // API Gateway's own default for a body whose type the function does not name.
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    cookies,
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}
