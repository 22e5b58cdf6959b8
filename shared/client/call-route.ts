import type * as z from 'zod';
import { apiRoutes, type Route, type RouteKey } from '../domain/api-routes.ts';
import { type Api, exchange } from './api.ts';

/** The route of a key: of `GET /submissions/{id}` the entry of that list. */
type RouteOf<K extends RouteKey> = K extends `${infer M} ${infer P}`
  ? Extract<Route, { method: M; path: P }>
  : never;

/** The names in a path: of `/submissions/{id}` it is `id`. */
type ParamsOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsOf<Rest>
  : never;

/** What a route is given: parameters of the path and a body where it has them, and its query. */
type Inputs<R extends Route> = ([ParamsOf<R['path']>] extends [never]
  ? unknown
  : { params: Record<ParamsOf<R['path']>, string> }) &
  (R extends { body: infer B extends z.ZodType } ? { body: z.input<B> } : unknown) & {
    query?: { [N in keyof z.input<R['query']>]?: z.input<R['query']>[N] | undefined };
  };

/** What a route answers. */
export type AnswerOf<K extends RouteKey> = z.output<RouteOf<K>['answer']>;

/**
 * Calls a route of the list: `callRoute(api, 'GET /submissions/{id}', { params: { id }, query: { unit } })`.
 * What is given and what is answered have the types of the list.
 *
 * @throws ApiProblem when the API refuses the request, Unreachable when there is no answer.
 */
export async function callRoute<K extends RouteKey>(
  api: Api,
  key: K,
  inputs: Inputs<RouteOf<K>>,
): Promise<{ status: number; body: AnswerOf<K> }>;
export async function callRoute(
  api: Api,
  key: string,
  { params = {}, query = {}, body }: UntypedInputs,
): Promise<{ status: number; body: unknown }> {
  const route = apiRoutes.find(({ method, path }) => `${method} ${path}` === key);
  if (!route) throw new RangeError(`No route ${key}`);
  const path = route.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  const answerType = 'contentType' in route ? route.contentType : undefined;
  return await exchange<unknown>(
    api,
    { method: route.method, path: path + search, body, answerType },
    route.answer,
  );
}

interface UntypedInputs {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
}
