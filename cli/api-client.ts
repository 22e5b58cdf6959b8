import * as z from 'zod';
import { CommandError } from './command-error.ts';
import type { Session } from './session.ts';

/** What the API answered; `body` is its JSON, or its text when it is none. */
export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** The API's refusal: `{ status: 409, code: 'account-exists' }`; the message is its own, Vietnamese first. */
export class ApiError extends CommandError {
  readonly status: number;
  /** The problem's code; `http-401` and the like when the gateway itself refused. */
  readonly code: string;
  constructor(status: number, code: string, vi: string, en: string) {
    super(vi, en);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

const problemSchema = z.object({ code: z.string(), detail: z.object({ vi: z.string(), en: z.string() }) });

/**
 * Calls the API as the session's person. `path` is without the API's address: `/submissions?unit=74`.
 *
 * @throws ApiError for an answer of 400 and above, CommandError when there is no answer.
 */
export async function callApi(
  session: Session,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const response = await fetch(`${session.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await session.accessToken()}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (error instanceof CommandError) throw error;
    throw unreachable(session.apiUrl, error);
  });
  const answer = { status: response.status, body: parseBody(await response.text()) };
  if (!response.ok) throw refusalOf(answer);
  return answer;
}

function refusalOf({ status, body }: ApiAnswer): ApiError {
  const problem = problemSchema.safeParse(body);
  if (problem.success) {
    const { code, detail } = problem.data;
    return new ApiError(status, code, detail.vi, detail.en);
  }
  if (status === 401) {
    return new ApiError(
      status,
      'http-401',
      'Máy chủ không chấp nhận phiên đăng nhập này: hãy chạy "tiendo login" (hoặc thay TIENDO_TOKEN).',
      'The API does not take this session: run "tiendo login" (or replace TIENDO_TOKEN).',
    );
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new ApiError(
    status,
    `http-${status}`,
    `Máy chủ trả lời lỗi ${status}: ${text}`,
    `The API answered ${status}: ${text}`,
  );
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unreachable(apiUrl: string, error: unknown): CommandError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new CommandError(`Không kết nối được tới ${apiUrl}: ${detail}`, `Cannot reach ${apiUrl}: ${detail}`);
}
