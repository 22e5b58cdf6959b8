import * as z from 'zod';
import { bilingualSchema } from '../domain/catalogue.ts';

/** The HTTP API as one person sees it. */
export interface Api {
  /** Without a slash at the end: `https://api.example`. */
  url: string;
  /** The access token to send, renewed by the caller when it has expired. */
  accessToken(): Promise<string>;
}

const problemSchema = z.object({
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: bilingualSchema,
});

/** The API refused a request: what is wrong, and what to do, in `problem.detail`. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: { vi: string; en: string };
  constructor(problem: z.infer<typeof problemSchema>) {
    super(problem.title);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
  }
}

/**
 * Calls a route and returns the answer as the schema reads it.
 *
 * @throws ApiProblem when the API refuses the request.
 */
export async function callApi<T>(
  api: Api,
  request: { method: 'GET' | 'POST' | 'PUT'; path: string; body?: unknown },
  schema: z.ZodType<T>,
): Promise<T> {
  const response = await fetch(`${api.url}${request.path}`, {
    method: request.method,
    headers: {
      authorization: `Bearer ${await api.accessToken()}`,
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new ApiProblem(readProblem(response.status, text));
  return schema.parse(JSON.parse(text));
}

/** The problem of an answer; the gateway's own refusals (401, 404, 503) have no detail and get one here. */
function readProblem(status: number, text: string): z.infer<typeof problemSchema> {
  const parsed = problemSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const unauthorized = status === 401;
  return {
    status,
    code: unauthorized ? 'unauthorized' : 'gateway-refused',
    title: `HTTP ${status}`,
    detail: unauthorized
      ? {
          vi: 'Chưa đăng nhập hoặc phiên đã hết hạn. Hãy chạy "tiendo login".',
          en: 'Not signed in, or the session has expired. Run “tiendo login”.',
        }
      : {
          vi: `Máy chủ trả lời ${status}. Hãy thử lại sau ít phút.`,
          en: `The server answered ${status}. Please try again in a few minutes.`,
        },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
