import * as z from 'zod';
import { downloadAnswer, scoreboardAnswer } from '../api-answers.ts';
import {
  queryExecutionAnswer,
  queryListAnswer,
  queryRequestSchema,
  startedQueryAnswer,
} from '../query-answers.ts';
import { roles } from '../viewer.ts';
import type { ApiRoute } from './api-route.ts';
import { asOfQuery, noQuery } from './queries.ts';

/** What is known of all units: tables, named queries, the scoreboard. */
export const analysisRoutes = [
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
    path: '/queries',
    function: 'answer-query',
    roles: ['coordinator', 'analyst', 'admin'],
    summary: { vi: 'Các truy vấn có sẵn', en: 'The named queries' },
    query: noQuery,
    statuses: [200],
    answer: queryListAnswer,
  },
  {
    method: 'POST',
    path: '/queries/{name}',
    function: 'answer-query',
    roles: ['coordinator', 'analyst', 'admin'],
    summary: { vi: 'Chạy một truy vấn có sẵn', en: 'Run a named query' },
    query: noQuery,
    body: queryRequestSchema,
    statuses: [202],
    answer: startedQueryAnswer,
  },
  {
    method: 'GET',
    path: '/queries/executions/{id}',
    function: 'answer-query',
    roles: ['coordinator', 'analyst', 'admin'],
    summary: {
      vi: 'Trạng thái của một lần chạy truy vấn; khi xong: các dòng và địa chỉ tải về',
      en: 'How a query stands; once it is done, its rows and where to download them',
    },
    query: noQuery,
    statuses: [200],
    answer: queryExecutionAnswer,
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
] as const satisfies readonly ApiRoute[];
