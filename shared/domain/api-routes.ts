import * as z from 'zod';
import { alertStates } from './alert-view.ts';
import {
  accountAnswer,
  alertListAnswer,
  coordinatorListAnswer,
  downloadAnswer,
  dryRunAnswer,
  dueDateAnswer,
  everyCoordinatorAnswer,
  issuesAnswer,
  oneAlertAnswer,
  publishedAnswer,
  rowsAnswer,
  scoreboardAnswer,
  silenceAnswer,
  silenceListAnswer,
  submissionAnswer,
  submissionListAnswer,
  unitAnswer,
  uploadAnswer,
  withdrawalAnswer,
} from './api-answers.ts';
import { type Bilingual, catalogueSchema } from './catalogue.ts';
import { coordinatorSchema } from './coordinator.ts';
import { silenceTargetSchema } from './silence.ts';
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
    message:
      'chỉ tài khoản province mới có, và phải có, đơn vị · a province account, and only that, names its unit',
    path: ['unit'],
  });
export type Account = z.infer<typeof accountSchema>;

/** The largest file a dry run takes as the body of a request, in bytes: in base64 it fits what a function is handed. */
export const maxDryRunBytes = 4 * 1024 * 1024;
/**
 * The most lines in it. A row of figures has 20 bytes or more, so that no file of that size has as many; one of
 * countless tiny rows, each with its issues, would take longer than the 30 seconds an HTTP API waits.
 */
export const maxDryRunLines = 250_000;

/** Why somebody does something, in their own words. */
const reasonSchema = z.string().trim().min(1).max(500);

/** Why a submission is taken back. */
export const withdrawalSchema = z.strictObject({ reason: reasonSchema });

/** What somebody says who takes note of an alert, and the day until whose end that lasts. */
export const acknowledgementRequestSchema = z.strictObject({ comment: reasonSchema, until: z.iso.date() });

/** What is to be kept quiet, and until when: the end of a day, or an instant with offset. */
export const silenceRequestSchema = z.strictObject({
  target: silenceTargetSchema,
  reason: reasonSchema,
  until: z.string().max(40),
});

/** When an obligation is due by plan; `null` withdraws the date. */
export const dueDateRequestSchema = z.strictObject({ due: z.iso.date().nullable(), reason: reasonSchema });

/** The coordinators a unit has from now on; `account` is the e-mail address, or the subject, of an account. */
export const coordinatorListSchema = z
  .strictObject({
    coordinators: z
      .array(
        coordinatorSchema.omit({ unit: true }).extend({
          account: z
            .union([z.email(), z.guid()])
            .optional()
            .describe(
              'Địa chỉ e-mail của tài khoản đăng nhập · the e-mail address of the account they sign in with',
            ),
        }),
      )
      .max(50),
  })
  .refine(({ coordinators }) => new Set(coordinators.map(({ id }) => id)).size === coordinators.length, {
    message: 'hai đầu mối trùng mã · two coordinators share an id',
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

/** What a route does instead when its query has `dryRun`: the body is a file as it is, the answer a 200. */
export interface DryRunVariant {
  /** Types the gateway hands over as text, which must be UTF-8 then, and one it hands over byte by byte. */
  contentTypes: readonly string[];
  maxBytes: number;
  maxLines: number;
  description: Bilingual;
  answer: z.ZodType;
}

/**
 * One route of the HTTP API. `path` is in API Gateway's form, `function` the function that serves it,
 * `statuses` those of success, all with a body of the form `answer`.
 */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  function:
    | 'api'
    | 'request-upload'
    | 'withdraw'
    | 'acknowledge'
    | 'silence'
    | 'set-due'
    | 'offer-export'
    | 'register-coordinators'
    | 'manage-accounts';
  roles: readonly Role[];
  summary: Bilingual;
  query: z.ZodObject;
  body?: z.ZodType;
  statuses: readonly number[];
  answer: z.ZodType;
  /** What the answer is when it is not JSON; its `answer` is then a text. */
  contentType?: 'text/csv';
  dryRun?: DryRunVariant;
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
    query: z.strictObject({
      dryRun: z
        .enum(['', 'true'])
        .optional()
        .describe(
          'Chỉ kiểm tra: gửi chính tệp trong thân yêu cầu, không ghi gì · ' +
            'only check: the body is the file itself, nothing is written',
        ),
    }),
    body: uploadRequestSchema,
    statuses: [201],
    answer: uploadAnswer,
    dryRun: {
      contentTypes: ['application/octet-stream', 'text/csv', 'application/json'],
      maxBytes: maxDryRunBytes,
      maxLines: maxDryRunLines,
      description: {
        vi:
          'Với ?dryRun, thân yêu cầu là chính tệp CSV hoặc JSON, tối đa 4 MiB và 250.000 dòng; câu trả lời 200 cho biết tệp có hợp lệ ' +
          'không và khác gì với số liệu đã công bố. Hãy gửi kiểu application/octet-stream để giữ nguyên từng byte; ' +
          'kiểu text/csv và application/json chỉ dùng cho tệp UTF-8.',
        en:
          'With ?dryRun the body is the CSV or JSON file itself, up to 4 MiB and 250,000 lines; the answer, a 200, tells whether it would ' +
          'be accepted and how it differs from what is published. Send it as application/octet-stream, which keeps ' +
          'every byte; text/csv and application/json are for files in UTF-8.',
      },
      answer: dryRunAnswer,
    },
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
    path: '/submissions/{id}/issues.csv',
    function: 'api',
    roles,
    summary: {
      vi: 'Địa chỉ tải về danh sách lỗi đầy đủ, cho Excel',
      en: 'Where to download the complete list of issues, for Excel',
    },
    query: unitQuery,
    statuses: [200],
    answer: downloadAnswer,
  },
  {
    method: 'GET',
    path: '/submissions/{id}/annotated',
    function: 'api',
    roles,
    summary: {
      vi: 'Địa chỉ tải về bản sao của tệp, có ghi lỗi ở từng dòng',
      en: 'Where to download a copy of the file with the issues at its rows',
    },
    query: unitQuery,
    statuses: [200],
    answer: downloadAnswer,
  },
  {
    method: 'GET',
    path: '/submissions/{id}/file',
    function: 'api',
    roles,
    summary: {
      vi: 'Địa chỉ tải về chính tệp đã nộp, nguyên từng byte',
      en: 'Where to download the file that was sent, byte for byte',
    },
    query: unitQuery,
    statuses: [200],
    answer: downloadAnswer,
  },
  {
    method: 'POST',
    path: '/submissions/{id}/withdraw',
    function: 'withdraw',
    roles: ['province', 'coordinator'],
    summary: {
      vi: 'Rút một lượt nộp: từ đó số liệu của nó không còn tính',
      en: 'Withdraw a submission: from then on its figures do not count',
    },
    query: unitQuery,
    body: withdrawalSchema,
    statuses: [200],
    answer: withdrawalAnswer,
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
    path: '/units/{unit}/published',
    function: 'api',
    roles,
    summary: {
      vi: 'Số liệu của một đơn vị đang công bố, hoặc đã công bố tại một thời điểm',
      en: 'The points of a unit that are current, or were at an instant',
    },
    query: z.strictObject({
      ...asOfQuery.shape,
      year: z
        .string()
        .regex(/^\d{4}$/)
        .optional()
        .describe('Chỉ năm này; mặc định mọi năm · only this year; default all'),
    }),
    statuses: [200],
    answer: publishedAnswer,
  },
  {
    method: 'GET',
    path: '/units/{unit}/template.csv',
    function: 'api',
    roles,
    summary: { vi: 'Tệp mẫu cho kỳ báo cáo đang chạy', en: 'A template for the running period' },
    query: z.strictObject({
      separator: z.enum([';', ',', 'tab']).optional().describe('Mặc định ; · default ;'),
    }),
    statuses: [200],
    answer: z.string(),
    contentType: 'text/csv',
  },
  {
    method: 'GET',
    path: '/units/{unit}/points/{indicator}/{period}/rows',
    function: 'api',
    roles,
    summary: {
      vi: 'Các dòng của số liệu mới nhất cho một chỉ tiêu và kỳ',
      en: 'The rows behind the latest figure for an indicator and period',
    },
    query: z.strictObject({
      ...asOfQuery.shape,
      asAt: z.iso
        .date()
        .optional()
        .describe(
          'Số liệu của kỳ tính đến ngày này; mặc định ngày mới nhất · ' +
            'the figure of the period as at this day; default the latest',
        ),
      area: z.string().optional().describe('Chỉ địa bàn này · only this area'),
    }),
    statuses: [200],
    answer: rowsAnswer,
  },
  {
    method: 'GET',
    path: '/exports/{table}',
    function: 'offer-export',
    roles,
    summary: {
      vi: 'Địa chỉ tải về một bảng số liệu, dạng CSV hoặc Parquet',
      en: 'Where to download a table, as CSV or Parquet',
    },
    query: z.strictObject({
      format: z.enum(['csv', 'parquet']).optional().describe('Mặc định csv · default csv'),
      separator: z
        .enum([';', ',', 'tab'])
        .optional()
        .describe(
          'Dấu ngăn cột của CSV, mặc định ; với số thập phân có dấu phẩy; với , là dấu chấm · ' +
            'between columns of a CSV, default ; with decimal commas; with , decimal points',
        ),
      unit: z
        .string()
        .optional()
        .describe(
          'Chỉ đơn vị này; bắt buộc với bảng observations; tài khoản province luôn là đơn vị của mình · ' +
            'only this unit; required for observations; a province account always has its own',
        ),
      day: z.iso
        .date()
        .optional()
        .describe(
          'Với bảng assessments: ngày này, mặc định ngày mới nhất · for assessments: this day, default the latest',
        ),
    }),
    statuses: [200],
    answer: downloadAnswer,
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
    summary: {
      vi: 'Các cảnh báo về một đơn vị, hoặc các cảnh báo đang mở về mọi đơn vị',
      en: 'The alerts about a unit, or what is open about all units',
    },
    query: z.strictObject({
      unit: z
        .string()
        .optional()
        .describe(
          'Đơn vị; để trống: của tài khoản province, hoặc mọi đơn vị · ' +
            'the unit; left out: that of a province account, or all units',
        ),
      ...asOfQuery.shape,
      state: z.enum(alertStates).optional().describe('Chỉ trạng thái này · only those in this state'),
      after: z
        .string()
        .optional()
        .describe('Trang sau: giá trị "next" của trang trước · the "next" of the page before'),
    }),
    statuses: [200],
    answer: alertListAnswer,
  },
  {
    method: 'GET',
    path: '/alerts/{id}',
    function: 'api',
    roles,
    summary: { vi: 'Một cảnh báo và các lần ghi nhận', en: 'An alert with its acknowledgements' },
    query: asOfQuery,
    statuses: [200],
    answer: oneAlertAnswer,
  },
  {
    method: 'POST',
    path: '/alerts/{id}/acknowledge',
    function: 'acknowledge',
    roles: ['province', 'coordinator'],
    summary: {
      vi: 'Ghi nhận một cảnh báo đến hết một ngày, tối đa 14 ngày',
      en: 'Take note of an alert until the end of a day, at most 14 days away',
    },
    query: noQuery,
    body: acknowledgementRequestSchema,
    statuses: [201],
    answer: oneAlertAnswer,
  },
  {
    method: 'GET',
    path: '/silences',
    function: 'api',
    roles: ['coordinator', 'analyst', 'admin'],
    summary: {
      vi: 'Các lượt tạm ngưng nhắc đang có hiệu lực, và 200 lượt đã hết gần nhất',
      en: 'The silences in force, and the latest 200 that are over',
    },
    query: noQuery,
    statuses: [200],
    answer: silenceListAnswer,
  },
  {
    method: 'POST',
    path: '/silences',
    function: 'silence',
    roles: ['coordinator'],
    summary: {
      vi: 'Tạm ngưng nhắc về một đơn vị, một nhiệm vụ hoặc tới một đầu mối, tối đa 90 ngày',
      en: 'Hold back messages about a unit or a task, or to a coordinator, for at most 90 days',
    },
    query: noQuery,
    body: silenceRequestSchema,
    statuses: [201, 200],
    answer: silenceAnswer,
  },
  {
    method: 'POST',
    path: '/silences/{id}/end',
    function: 'silence',
    roles: ['coordinator'],
    summary: { vi: 'Kết thúc một lượt tạm ngưng', en: 'End a silence' },
    query: noQuery,
    statuses: [200],
    answer: silenceAnswer,
  },
  {
    method: 'GET',
    path: '/obligations/{id}/due',
    function: 'api',
    roles,
    summary: {
      vi: 'Thời hạn theo kế hoạch của một chỉ tiêu, và lịch sử thay đổi',
      en: 'The due date an obligation has by plan, and its history',
    },
    query: noQuery,
    statuses: [200],
    answer: dueDateAnswer,
  },
  {
    method: 'PUT',
    path: '/obligations/{id}/due',
    function: 'set-due',
    roles: ['coordinator'],
    summary: {
      vi: 'Đặt, đổi hoặc bỏ thời hạn theo kế hoạch',
      en: 'Set, change or withdraw a due date by plan',
    },
    query: noQuery,
    body: dueDateRequestSchema,
    statuses: [200],
    answer: dueDateAnswer,
  },
  {
    method: 'GET',
    path: '/coordinators',
    function: 'api',
    roles: ['coordinator', 'admin'],
    summary: { vi: 'Đầu mối của mọi đơn vị', en: 'The coordinators of all units' },
    query: noQuery,
    statuses: [200],
    answer: everyCoordinatorAnswer,
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
    query: z.strictObject({
      dryRun: z
        .enum(['', 'true'])
        .optional()
        .describe('Chỉ kiểm tra danh sách, không ghi gì · only check the list, nothing is written'),
    }),
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
