import * as z from 'zod';
import { accountAnswer, coordinatorListAnswer, everyCoordinatorAnswer } from '../api-answers.ts';
import { accountSchema, coordinatorListSchema } from '../api-requests.ts';
import type { ApiRoute } from './api-route.ts';
import { noQuery } from './queries.ts';

/** Who people are: coordinators and accounts. */
export const registryRoutes = [
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
