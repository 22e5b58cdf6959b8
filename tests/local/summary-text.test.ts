import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../local/summary.ts';
import { summaryColumns, summaryText } from '../../local/summary-text.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';

const catalogue = loadCatalogue();
const none = { messages: 0, people: 0 };
const empty: Outcome = {
  asOf: '2022-07-01T16:59:59.999Z',
  accepted: 0,
  rejected: [],
  reporting: new Set(),
  states: { met: 0, unscheduled: 0, 'met-late': 0, overdue: 0, 'at-risk': 0, 'on-track': 0, awaited: 0 },
  told: { email: none, sms: none },
};
const issue = (more: object, vi: string) => ({
  code: 'x',
  severity: 'error' as const,
  ...more,
  message: { vi, en: '' },
});
const full: Outcome = {
  ...empty,
  accepted: 264,
  rejected: [
    {
      unit: '93',
      fileName: `${'bao-cao-'.repeat(12)}.csv`,
      receivedOn: '2022-06-29',
      issues: [
        issue({ row: 17, cell: 'D17' }, `Tử số 1.640 ${'rất '.repeat(20)}lớn hơn mẫu số. Hãy kiểm tra lại.`),
        issue({ row: 5 }, 'Dòng này không có số liệu.'),
        issue({}, 'Tệp không có nội dung.'),
        ...[1, 2, 3, 4].map((row) => issue({ row }, `Lỗi thứ ${row}.`)),
      ],
    },
  ],
  reporting: new Set(catalogue.units.map(({ id }) => id).filter((id) => id !== '44' && id !== '64')),
  states: { ...empty.states, met: 503, overdue: 1 },
  told: { email: { messages: 1518, people: 99 }, sms: { messages: 187, people: 67 } },
  lastDay: {
    day: '2022-07-01',
    told: { email: { messages: 80, people: 80 }, sms: none },
    emails: [1, 2, 3, 4].map((n) => ({ to: `dau-moi-${n}@bnv.example`, subject: `tiendo: ${n} qua han` })),
  },
};

describe('the summary', () => {
  it.each([
    ['of a run in which much happened', full],
    ['of a run in which nothing did', empty],
  ])('%s fits the terminal', (_, outcome) => {
    for (const line of summaryText(outcome, catalogue).split('\n')) {
      expect([...line].length).toBeLessThanOrEqual(summaryColumns);
      expect(line).toBe(line.trimEnd());
    }
  });

  it('names each rejected file and its first six reasons, where Excel shows them', () => {
    const text = summaryText(full, catalogue);
    expect(text).toContain('264  được nhận');
    expect(text).toContain('Hậu Giang (93)');
    expect(text).toMatch(/ô D17 +Tử số 1\.640 .*\n {19}.*lớn hơn mẫu số\.$/m);
    expect(text).not.toContain('Hãy kiểm tra lại');
    expect(text).toMatch(/dòng 5 +Dòng này không có số liệu\./);
    expect(text).toMatch(/tệp +Tệp không có nội dung\./);
    expect(text).toContain('Lỗi thứ 3.');
    expect(text).not.toContain('Lỗi thứ 4.');
    expect(text).toContain('và 1 lỗi khác');
  });

  it('names the provinces that never reported, but not all 63', () => {
    expect(summaryText(full, catalogue)).toMatch(/61\/63.*\n.*silent: Quảng Bình, Gia Lai/);
    expect(summaryText(empty, catalogue)).toContain('0/63');
    expect(summaryText(empty, catalogue)).not.toContain('silent');
  });

  it('draws a bar for every state that has an obligation, the longest for the most', () => {
    const bars = [...summaryText(full, catalogue).matchAll(/(\d+) {2}(?:đạt|quá hạn|chờ).*?(█*)$/gm)];
    expect(bars.map(([, count, bar]) => [count, bar?.length])).toEqual([
      ['503', 30],
      ['0', 0],
      ['1', 1],
      ['0', 0],
    ]);
  });

  it('says who was told, and gives three examples of the last day', () => {
    const text = summaryText(full, catalogue);
    expect(text).toContain('1518  thư tổng hợp tới 99 người');
    expect(text).toContain('187  tin nhắn SMS tới 67 số');
    expect(text).toContain('dau-moi-3@bnv.example  “tiendo: 3 qua han”');
    expect(text).not.toContain('dau-moi-4');
  });
});
