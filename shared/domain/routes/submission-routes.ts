import * as z from 'zod';
import {
  downloadAnswer,
  dryRunAnswer,
  issuesAnswer,
  submissionAnswer,
  submissionListAnswer,
  uploadAnswer,
  withdrawalAnswer,
} from '../api-answers.ts';
import { maxDryRunBytes, maxDryRunLines, uploadRequestSchema, withdrawalSchema } from '../api-requests.ts';
import { roles } from '../viewer.ts';
import type { ApiRoute } from './api-route.ts';
import { unitQuery } from './queries.ts';

/** What a unit sends, what became of it, and taking it back. */
export const submissionRoutes = [
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
] as const satisfies readonly ApiRoute[];
