import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import {
  accountSchema,
  coordinatorListSchema,
  dueDateRequestSchema,
  silenceRequestSchema,
  uploadRequestSchema,
  withdrawalSchema,
} from '../../shared/domain/api-requests.ts';
import { requestFault } from '../../shared/domain/request-fault.ts';

const upload = { fileName: 'a.csv', contentType: 'text/csv', bytes: 1, sha256: 'a'.repeat(64) };
const account = { email: 'a@b.vn', role: 'admin' };
const coordinator = { id: 'a-1', name: 'Đầu mối', language: 'vi', email: 'a@b.vn' };

describe('what is wrong with a request', () => {
  it.each<[z.ZodType, unknown, string, string]>([
    [
      withdrawalSchema,
      { reason: ' ' },
      'body.reason: phải có ít nhất 1 ký tự',
      'must have at least 1 character',
    ],
    [withdrawalSchema, { reason: 'x'.repeat(501) }, 'tối đa 500 ký tự', 'at most 500 characters'],
    [withdrawalSchema, {}, 'body.reason: còn thiếu', 'body.reason: is missing'],
    [withdrawalSchema, { reason: 1 }, 'phải là chuỗi ký tự', 'must be a text'],
    [withdrawalSchema, [], 'body: phải là đối tượng', 'body: must be an object'],
    [withdrawalSchema, { reason: 'x', by: 'y' }, 'body: không có trường "by"', 'has no field "by"'],
    [
      dueDateRequestSchema,
      { due: '2022-13-01', reason: 'x' },
      'body.due: phải là một ngày',
      'such as 2022-06-30',
    ],
    [
      silenceRequestSchema,
      { target: { unit: '74', task: '1.a' }, reason: 'x', until: '2022-07-01' },
      'body.target: phải có đúng một trong unit, task, coordinator',
      'exactly one of',
    ],
    [uploadRequestSchema, { ...upload, bytes: 0 }, 'body.bytes: phải từ 1 trở lên', 'must be 1 or more'],
    [uploadRequestSchema, { ...upload, bytes: 1.5 }, 'phải là số nguyên', 'must be a whole number'],
    [uploadRequestSchema, { ...upload, contentType: 'x' }, 'một trong: "text/csv"', 'one of: "text/csv"'],
    [uploadRequestSchema, { ...upload, sha256: 'x' }, 'body.sha256: không đúng dạng', 'right form'],
    [accountSchema, { ...account, email: 'x' }, 'body.email: không đúng dạng (email)', 'form (email)'],
    [accountSchema, { ...account, unit: '74' }, 'chỉ tài khoản province mới có', 'a province account'],
    [coordinatorListSchema, { coordinators: [coordinator, coordinator] }, 'trùng mã', 'share an id'],
  ])('%#: is said in both languages', (schema, body, vi, en) => {
    const { error } = schema.safeParse(body);
    const faults = error?.issues.map((issue) => requestFault('body', issue)) ?? [];
    expect(faults).toEqual([{ vi: expect.stringContaining(vi), en: expect.stringContaining(en) }]);
    expect(faults[0]?.vi).not.toMatch(/ · |expected|Invalid/);
  });
});
