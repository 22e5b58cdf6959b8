import * as z from 'zod';
import {
  accountAnswer,
  alertListAnswer,
  coordinatorListAnswer,
  issuesAnswer,
  scoreboardAnswer,
  submissionAnswer,
  submissionListAnswer,
  unitAnswer,
  uploadAnswer,
} from './api-answers.ts';
import { type Bilingual, catalogueSchema } from './catalogue.ts';
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
  .strictObject({
    email: z.email(),
    role: z.enum(roles),
    unit: z
      .string()
      .optional()
      .describe('Bắt buộc với vai trò province, và chỉ vai trò đó · with the role province, and only then'),
  })
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

const unitQuery = z.strictObject({
  unit: z
    .string()
    .optional()
    .describe(
      'Đơn vị, ví dụ 74; tài khoản province để trống · the unit; a province account may leave it out',
    ),
});
const asOfQuery = z.strictObject({
  asOf: z
    .string()
    .optional()
    .describe(
      'Ngày (hết ngày, giờ Việt Nam) hoặc thời điểm có múi giờ; mặc định bây giờ · ' +
        'a date (its end in Vietnam) or an instant with offset; default now',
    ),
});
const noQuery = z.strictObject({});

/**
 * One route of the HTTP API. `path` is in API Gateway's form, `function` the function that serves it,
 * `statuses` those of success, all with a body of the form `answer`.
 */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  function: 'api' | 'request-upload' | 'register-coordinators' | 'manage-accounts';
  roles: readonly Role[];
  summary: Bilingual;
  query: z.ZodObject;
  body?: z.ZodType;
  statuses: readonly number[];
  answer: z.ZodType;
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
    statuses: [201],
    answer: uploadAnswer,
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
    statuses: [200],
    answer: submissionListAnswer,
  },
  {
    method: 'GET',
    path: '/submissions/{id}',
    function: 'api',
    roles,
    summary: { vi: 'Trạng thái của một lượt nộp', en: 'The state of a submission' },
    query: unitQuery,
    statuses: [200],
    answer: submissionAnswer,
  },
  {
    method: 'GET',
    path: '/submissions/{id}/issues',
    function: 'api',
    roles,
    summary: { vi: 'Các lỗi của một lượt nộp', en: 'The issues of a submission' },
    query: unitQuery,
    statuses: [200],
    answer: issuesAnswer,
  },
  {
    method: 'GET',
    path: '/catalogue',
    function: 'api',
    roles,
    summary: { vi: 'Danh mục nhiệm vụ, chỉ tiêu và đơn vị', en: 'The tasks, indicators and units' },
    query: noQuery,
    statuses: [200],
    answer: catalogueSchema,
  },
  {
    method: 'GET',
    path: '/units/{unit}',
    function: 'api',
    roles,
    summary: { vi: 'Đánh giá mọi chỉ tiêu của một đơn vị', en: 'The assessments of a unit' },
    query: asOfQuery,
    statuses: [200],
    answer: unitAnswer,
  },
  {
    method: 'GET',
    path: '/scoreboard',
    function: 'api',
    roles: ['coordinator', 'analyst', 'admin'],
    summary: { vi: 'Bảng tổng hợp trạng thái của mọi đơn vị', en: 'The states of all units' },
    query: asOfQuery,
    statuses: [200],
    answer: scoreboardAnswer,
  },
  {
    method: 'GET',
    path: '/alerts',
    function: 'api',
    roles,
    summary: { vi: 'Các cảnh báo của một đơn vị', en: 'The alerts about a unit' },
    query: unitQuery,
    statuses: [200],
    answer: alertListAnswer,
  },
  {
    method: 'GET',
    path: '/units/{unit}/coordinators',
    function: 'api',
    roles: ['province', 'coordinator', 'admin'],
    summary: { vi: 'Đầu mối của một đơn vị', en: 'The coordinators of a unit' },
    query: noQuery,
    statuses: [200],
    answer: coordinatorListAnswer,
  },
  {
    method: 'PUT',
    path: '/units/{unit}/coordinators',
    function: 'register-coordinators',
    roles: ['admin'],
    summary: { vi: 'Ghi danh sách đầu mối của một đơn vị', en: 'Register the coordinators of a unit' },
    query: noQuery,
    body: coordinatorListSchema,
    statuses: [200],
    answer: coordinatorListAnswer,
  },
  {
    method: 'POST',
    path: '/accounts',
    function: 'manage-accounts',
    roles: ['admin'],
    summary: { vi: 'Tạo tài khoản', en: 'Create an account' },
    query: noQuery,
    body: accountSchema,
    statuses: [201, 200],
    answer: accountAnswer,
  },
] as const satisfies readonly ApiRoute[];

export type Route = (typeof apiRoutes)[number];
/** The key API Gateway gives a route: `GET /submissions/{id}`. */
export type RouteKey<R extends Route = Route> = R extends Route ? `${R['method']} ${R['path']}` : never;

/** Finds a route by API Gateway's key. */
export function findRoute(routeKey: string): ApiRoute | undefined {
  return apiRoutes.find(({ method, path }) => `${method} ${path}` === routeKey);
}
