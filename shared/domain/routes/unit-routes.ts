import * as z from 'zod';
import { publishedAnswer, rowsAnswer, unitAnswer } from '../api-answers.ts';
import { catalogueSchema } from '../catalogue.ts';
import { roles } from '../viewer.ts';
import type { ApiRoute } from './api-route.ts';
import { asOfQuery, noQuery } from './queries.ts';

/** The catalogue, and what is known of one unit. */
export const unitRoutes = [
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
] as const satisfies readonly ApiRoute[];
