import * as z from 'zod';
import { alertStates } from '../alert-view.ts';
import {
  alertListAnswer,
  dueDateAnswer,
  oneAlertAnswer,
  silenceAnswer,
  silenceListAnswer,
} from '../api-answers.ts';
import { acknowledgementRequestSchema, dueDateRequestSchema, silenceRequestSchema } from '../api-requests.ts';
import { roles } from '../viewer.ts';
import type { ApiRoute } from './api-route.ts';
import { asOfQuery, noQuery } from './queries.ts';

/** Alerts, and what people do about them: acknowledgements, silences, due dates by plan. */
export const alertRoutes = [
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
] as const satisfies readonly ApiRoute[];
