import type * as z from 'zod';
import { problemAnswer } from '../domain/api-answers.ts';
import type { Bilingual } from '../domain/catalogue.ts';
import type { ProblemPlace } from '../domain/problem.ts';

/** The HTTP API as one person sees it. */
export interface Api {
  /** Without a slash at the end: `https://api.example`. */
  url: string;
  /** The access token to send, renewed by the caller when it has expired. */
  accessToken(): Promise<string>;
}

/**
 * `path` is without the API's address: `/submissions?unit=74`. `body` is sent as JSON. The answer is JSON, unless
 * another type is named, which is read as a text.
 */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: unknown;
  answerType?: 'text/csv' | undefined;
}

/** The API refused a request: what is wrong, and what to do, in `detail`. */
export class ApiProblem extends Error {
  readonly status: number;
  /**
   * Stable: `unit-forbidden`; `unauthorized` and `gateway-refused` where the gateway itself refused;
   * `answer-unreadable` for an answer that is none of this API.
   */
  readonly code: string;
  readonly detail: Bilingual;
  /** What is wrong with each place of the body, where the API says so. */
  readonly places: readonly ProblemPlace[];
  constructor({ status, code, title, detail, places = [] }: Omit<z.infer<typeof problemAnswer>, 'type'>) {
    super(title);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.places = places;
  }
}

/** No answer came: no network, a wrong address, a connection that broke. `cause` says what happened. */
export class Unreachable extends Error {
  /** Scheme and host of the address, without what a signed one must not show. */
  readonly origin: string;
  constructor(address: string, cause: unknown) {
    const { origin } = new URL(address);
    super(`No answer from ${origin}`, { cause });
    this.name = 'Unreachable';
    this.origin = origin;
  }
}

/**
 * Calls the API and returns the body of the answer as the schema reads it.
 *
 * @throws ApiProblem when the API refuses the request, Unreachable when there is no answer.
 */
export async function callApi<T>(api: Api, request: ApiRequest, schema: z.ZodType<T>): Promise<T> {
  return (await exchange(api, request, schema)).body;
}

/** As `callApi`, with the status: 201 where 200 would say that it was there already. */
export async function exchange<T>(
  api: Api,
  { method, path, body, answerType }: ApiRequest,
  schema: z.ZodType<T>,
): Promise<{ status: number; body: T }> {
  const headers = {
    authorization: `Bearer ${await api.accessToken()}`,
    accept: answerType ?? 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const { status, text } = await fetchText(`${api.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (status >= 300) throw new ApiProblem(readProblem(status, text));
  const read = schema.safeParse(answerType ? text : parseJson(text));
  if (read.success) return { status, body: read.data };
  throw new ApiProblem({
    status,
    code: 'answer-unreadable',
    title: `An answer of ${path} that is not understood`,
    detail: {
      vi: `${api.url} không trả lời như API của tiendo: địa chỉ sai, hoặc chương trình này đã cũ.`,
      en: `${api.url} does not answer as tiendo's API does: a wrong address, or this program is too old.`,
    },
  });
}

/**
 * The status and the text of an answer.
 *
 * @throws Unreachable when there is none, or only a part of it.
 */
export async function fetchText(
  address: string,
  request: RequestInit,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(address, request);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new Unreachable(address, error);
  }
}

/** The problem of an answer; the gateway's own refusals (401, 404, 503) have no detail and get one here. */
function readProblem(status: number, text: string): Omit<z.infer<typeof problemAnswer>, 'type'> {
  const problem = problemAnswer.omit({ type: true }).safeParse(parseJson(text));
  if (problem.success) return problem.data;
  const title = `HTTP ${status}`;
  if (status === 401) {
    const vi = 'Chưa đăng nhập hoặc phiên đã hết hạn. Hãy đăng nhập lại.';
    const en = 'Not signed in, or the session has expired. Please sign in again.';
    return { status, code: 'unauthorized', title, detail: { vi, en } };
  }
  const said = text.slice(0, maxShownCharacters);
  const vi = `Máy chủ trả lời ${status}: ${said}. Hãy thử lại sau ít phút.`;
  const en = `The server answered ${status}: ${said}. Please try again in a few minutes.`;
  return { status, code: 'gateway-refused', title, detail: { vi, en } };
}

/** Most of an answer nobody expected that is shown. */
const maxShownCharacters = 200;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
