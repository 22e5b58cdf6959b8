import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentOf, downloadName } from '../../shared/domain/download-name.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 255 });
const hostile = fc.string({
  unit: fc.constantFrom('/', '\\', '.', ' ', '"', '%', '*', "'", '\r', '\u202e', '\ud800', 'đ', 'a', '.csv'),
  maxLength: 255,
});

describe('the name of a file made from a sender’s', () => {
  it.each([
    ['báo cáo tháng 5.csv', 'csv', 'báo cáo tháng 5-tiendo-loi.csv'],
    ['bao-cao.CSV', 'csv', 'bao-cao-tiendo-loi.csv'],
    ['a.txt', 'csv', 'a-tiendo-loi.txt'],
    ['a.tsv', 'csv', 'a-tiendo-loi.tsv'],
    ['a.jsonl', 'json', 'a-tiendo-loi.jsonl'],
    ['a.csv', 'json', 'a-tiendo-loi.json'],
    ['a.json', 'csv', 'a-tiendo-loi.csv'],
    ['Báo cáo v1.5', 'csv', 'Báo cáo v1.5-tiendo-loi.csv'],
    ['a.b.csv', 'csv', 'a.b-tiendo-loi.csv'],
    ['Bình'.normalize('NFD'), 'csv', 'Bình-tiendo-loi.csv'],
    ['C:\\Users\\x\\a.csv', 'csv', 'a-tiendo-loi.csv'],
    ['../../etc/passwd', 'csv', 'passwd-tiendo-loi.csv'],
    ['a/.csv', 'csv', 'tep-tiendo-loi.csv'],
    ['.csv', 'csv', 'tep-tiendo-loi.csv'],
    ['..', 'csv', 'tep-tiendo-loi.csv'],
    ['a<b>:"|?*c.csv', 'csv', 'abc-tiendo-loi.csv'],
    ['a\u202efsc.exe\r\n\u0000.csv', 'csv', 'afsc.exe-tiendo-loi.csv'],
    ['\ud800a.csv', 'csv', 'a-tiendo-loi.csv'],
  ] as const)('%j as %s is %j', (fileName, format, expected) => {
    expect(downloadName(fileName, '-tiendo-loi', format)).toBe(expected);
  });

  it.each([
    ['a', 179, 179],
    ['a', 180, 180],
    ['a', 181, 180],
    ['ế', 60, 60],
    ['ế', 61, 60],
  ])('%s %i times keeps %i: 180 bytes', (letter, times, kept) => {
    expect(downloadName(`${letter.repeat(times)}.csv`, '+', 'csv')).toBe(`${letter.repeat(kept)}+.csv`);
  });

  it('is one that file systems take, and a header carries it whole, whatever the sender wrote', () => {
    fc.assert(
      fc.property(fc.oneof(text, hostile), (fileName) => {
        const name = downloadName(fileName, '-tiendo-loi', 'csv');
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
        expect(name).toMatch(/^[^\s./\\<>:"|?*\p{C}][^/\\<>:"|?*\p{C}]*-tiendo-loi\.(csv|tsv|txt)$/u);
        const header = attachmentOf(name);
        expect(header).toMatch(/^[ -~]*$/);
        expect(decodeURIComponent(header.split("filename*=UTF-8''")[1] ?? '')).toBe(name);
      }),
    );
  });
});

describe('the header that names an attachment', () => {
  it.each([
    ['a.csv', `attachment; filename="a.csv"; filename*=UTF-8''a.csv`],
    ['đề án.csv', `attachment; filename="de an.csv"; filename*=UTF-8''%C4%91%E1%BB%81%20%C3%A1n.csv`],
    ["50% (a)'*.csv", `attachment; filename="50_ (a)'*.csv"; filename*=UTF-8''50%25%20%28a%29%27%2A.csv`],
    ['a"\\b', `attachment; filename="a__b"; filename*=UTF-8''a%22%5Cb`],
  ])('for %j is %j', (fileName, header) => {
    expect(attachmentOf(fileName)).toBe(header);
  });
});
