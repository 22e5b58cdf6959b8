import * as z from 'zod';
import type { Bilingual } from './catalogue.ts';
import { coordinatorSchema } from './coordinator.ts';
import { maxFileBytes } from './submission.ts';
import { type Role, roles } from './viewer.ts';

/** What a sender announces before the upload; the signature of the URL holds them to it. */
export const uploadRequestSchema = z.strictObject({
  fileName: z.string().min(1).max(255),
  contentType: z.enum(['text/csv', 'application/json']),
  bytes: z.int().min(1).max(maxFileBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UploadRequest = z.infer<typeof uploadRequestSchema>;

/** A new account: an e-mail address and its one role; `province` accounts name their unit. */
export const accountSchema = z
  .strictObject({ email: z.email(), role: z.enum(roles), unit: z.string().optional() })
  .refine(({ role, unit }) => (role === 'province') === (unit !== undefined), {
    message: 'a province account, and only that, names its unit',
    path: ['unit'],
  });
export type Account = z.infer<typeof accountSchema>;

/** The coordinators a unit has from now on. */
export const coordinatorListSchema = z
  .strictObject({ coordinators: z.array(coordinatorSchema.omit({ unit: true })).max(50) })
  .refine(({ coordinators }) => new Set(coordinators.map(({ id }) => id)).size === coordinators.length, {
    message: 'two coordinators share an id',
    path: ['coordinators'],
  });

const unitQuery = z.strictObject({ unit: z.string().optional() });
const asOfQuery = z.strictObject({ asOf: z.string().optional() });
const noQuery = z.strictObject({});

/** One route of the HTTP API. `path` is in API Gateway's form, `function` the function that serves it. */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  function: 'api' | 'request-upload' | 'register-coordinators' | 'manage-accounts';
  roles: readonly Role[];
  summary: Bilingual;
  query: z.ZodType;
  body?: z.ZodType;
}

/**
 * The one list of routes: the gateway is built from it, the functions refuse what it does not allow, and
 * `docs/openapi.json` is generated from it.
 */
export const apiRoutes = [
  {
    method: 'POST',
    path: '/submissions',
    function: 'request-upload',
    roles: ['province'],
    summary: { vi: 'Xin địa chỉ tải lên cho một tệp', en: 'Ask for an upload URL for one file' },
    query: noQuery,
    body: uploadRequestSchema,
  },
  {
    method: 'GET',
    path: '/submissions',
    function: 'api',
    roles,
    summary: {
      vi: 'Các lượt nộp của một đơn vị, mới nhất trước',
      en: 'The submissions of a unit, newest first',
    },
    query: unitQuery,
  },
  {
    method: 'GET',
    path: '/submissions/{id}',
    function: 'api',
    roles,
    summary: { vi: 'Trạng thái của một lượt nộp', en: 'The state of a submission' },
    query: unitQuery,
  },
  {
    method: 'GET',
    path: '/submissions/{id}/issues',
    function: 'api',
    roles,
    summary: { vi: 'Các lỗi của một lượt nộp', en: 'The issues of a submission' },
    query: unitQuery,
  },
  {
    method: 'GET',
    path: '/catalogue',
    function: 'api',
    roles,
    summary: { vi: 'Danh mục nhiệm vụ, chỉ tiêu và đơn vị', en: 'The tasks, indicators and units' },
    query: noQuery,
  },
  {
    method: 'GET',
    path: '/units/{unit}',
    function: 'api',
    roles,
    summary: { vi: 'Đánh giá mọi chỉ tiêu của một đơn vị', en: 'The assessments of a unit' },
    query: asOfQuery,
  },
  {
    method: 'GET',
    path: '/scoreboard',
    function: 'api',
    roles: ['coordinator', 'analyst', 'admin'],
    summary: { vi: 'Bảng tổng hợp trạng thái của mọi đơn vị', en: 'The states of all units' },
    query: asOfQuery,
  },
  {
    method: 'GET',
    path: '/alerts',
    function: 'api',
    roles,
    summary: { vi: 'Các cảnh báo của một đơn vị', en: 'The alerts about a unit' },
    query: unitQuery,
  },
  {
    method: 'GET',
    path: '/units/{unit}/coordinators',
    function: 'api',
    roles: ['province', 'coordinator', 'admin'],
    summary: { vi: 'Đầu mối của một đơn vị', en: 'The coordinators of a unit' },
    query: noQuery,
  },
  {
    method: 'PUT',
    path: '/units/{unit}/coordinators',
    function: 'register-coordinators',
    roles: ['admin'],
    summary: { vi: 'Ghi danh sách đầu mối của một đơn vị', en: 'Register the coordinators of a unit' },
    query: noQuery,
    body: coordinatorListSchema,
  },
  {
    method: 'POST',
    path: '/accounts',
    function: 'manage-accounts',
    roles: ['admin'],
    summary: { vi: 'Tạo tài khoản', en: 'Create an account' },
    query: noQuery,
    body: accountSchema,
  },
] as const satisfies readonly ApiRoute[];

export type Route = (typeof apiRoutes)[number];
/** The key API Gateway gives a route: `GET /submissions/{id}`. */
export type RouteKey<R extends Route = Route> = R extends Route ? `${R['method']} ${R['path']}` : never;

/** Finds a route by API Gateway's key. */
export function findRoute(routeKey: string): ApiRoute | undefined {
  return apiRoutes.find(({ method, path }) => `${method} ${path}` === routeKey);
}
