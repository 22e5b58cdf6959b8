import { describe, expect, it } from 'vitest';
import { receiptText } from '../../cli/receipt-text.ts';
import { createIssue } from '../../shared/domain/issue-codes.ts';
import type { Submission } from '../../shared/domain/submission.ts';

const accepted: Submission = {
  id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
  unit: '74',
  state: 'accepted',
  fileName: 'a.csv',
  contentType: 'text/csv',
  bytes: 100,
  sha256: 'a'.repeat(64),
  requestedAt: '2022-06-28T01:00:00.000Z',
  requestedBy: 'x',
  receivedAt: '2022-06-28T01:00:01.000Z',
  acceptedAt: '2022-06-28T01:00:02.000Z',
};
const nothing = { issues: [], issueCounts: {} };

describe('a receipt', () => {
  it('says what was detected about the file, with its number, SHA-256 and times', () => {
    const file = { format: 'csv', encoding: 'windows-1258', delimiter: ';', decimal: ',' };
    const text = receiptText(accepted, { ...nothing, file });
    expect(text).toMatch(/^a\.csv: HỢP LỆ · accepted\n/);
    expect(text).toContain(
      'csv, windows-1258; dấu phân cách · delimiter “;”; dấu thập phân · decimal “,”, hàng nghìn · thousands “.”',
    );
    expect(text).toMatch(/SHA-256 +a{64}\n/);
    expect(text).toMatch(/Công bố · published +08:00:02 28\/06\/2022/);
  });

  it('does not say "unknown, unknown" of a file nothing is known about', () => {
    const text = receiptText(accepted, { ...nothing, file: { format: 'unknown', encoding: 'unknown' } });
    expect(text).toContain('không rõ loại tệp · unknown format, không rõ bảng mã · unknown encoding');
  });

  it('says that a submission was withdrawn, when and why', () => {
    const text = receiptText(
      { ...accepted, withdrawnAt: '2022-06-29T03:00:00.000Z', withdrawalReason: 'nhầm tệp' },
      nothing,
    );
    expect(text).toMatch(/^a\.csv: ĐÃ RÚT · withdrawn\n/);
    expect(text).toMatch(/Rút · withdrawn +10:00:00 29\/06\/2022\n +Lý do rút · reason +nhầm tệp/);
  });

  it('of a copy says what it is a copy of, and not that it was published', () => {
    const first = '01G3AAAAAAAAAAAAAAAAAAAAAA';
    const issueCounts = { 'submission-identical': 1 };
    const issues = [createIssue('submission-identical', {}, { value: first })];
    const text = receiptText({ ...accepted, issueCounts }, { issues, issueCounts });
    expect(text).toContain(`trùng với lượt nộp ${first}; không công bố lại`);
    expect(text).not.toContain('Công bố');
  });

  it('does not call a warning an error where none of its kind is kept', () => {
    const text = receiptText(accepted, { issues: [], issueCounts: { 'value-fell': 3, 'not-a-number': 2 } });
    expect(text).toContain('Cảnh báo · warning value-fell: 3');
    expect(text).toContain('Lỗi · error not-a-number: 2');
  });

  it.each([
    [20, undefined],
    [21, '… và 1 mục nữa · and 1 more (tiendo status 01G3ABCDEFGHJKMNPQRSTVWXYZ --issues FILE)'],
    [10_000, '… và 9980 mục nữa'],
  ])('of %i issues of one rule shows twenty and how to get the rest', (count, rest) => {
    const issues = Array.from({ length: Math.min(count, 1000) }, (_, index) =>
      createIssue('column-ignored', { row: 1, column: `x${index}` }, { value: `x${index}` }),
    );
    const text = receiptText(accepted, { issues, issueCounts: { 'column-ignored': count } });
    expect(text.match(/ {2}dòng 1/g)).toHaveLength(20);
    if (rest === undefined) expect(text).not.toContain('…');
    else expect(text).toContain(rest);
  });
});
