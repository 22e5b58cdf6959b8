import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../shared/domain/intake/check-file.ts';
import type { CheckContext } from '../../../shared/domain/intake/source-file.ts';
import { entryOf, type IssueCode } from '../../../shared/domain/issue-codes.ts';
import type { Figure } from '../../../shared/domain/observation.ts';
import { context, sourceOf } from './sources.ts';

/** A file at the edge of a rule, and what it is checked against where that is not the usual. */
type Case = string | Uint8Array | [content: string, given: Partial<CheckContext>];
/** Files just within a rule and files just beyond it. */
type Edge = { passes: readonly Case[]; fails: readonly Case[] };

const header = 'indicator;period;area;numerator;denominator;value;completed_on;evidence;note\n';
/** Rows under the header with all columns. */
const rows = (...lines: string[]) => header + lines.join('\n');
/** One row for the whole of Bình Dương in June: indicator and value. */
const value = (indicator: string, text: string) => rows(`${indicator};2022-06;;;;${text}`);
const json = (text: string) => `[{"indicator":"II.9.1","period":"2022-06","value":50${text}}]`;
/** A table, and an object with observations, that name a unit. */
const namingUnit = (name: string) => [
  `unit;indicator;period;value\n${name};II.9.1;2022-06;50`,
  `{"unit":"${name}","observations":${json('')}}`,
];
/** A count right before a column of text, with nothing but commas between columns. */
const splitHeader = 'indicator,period,value,note\n';
const split = (text: string) => `${splitHeader}1.b.1,2022-06,${text}`;
const limits = (maxBytes: number, maxRows: number) => ({ limits: { maxBytes, maxRows } });
const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? part : [...new TextEncoder().encode(part)])),
  );
const published = (number: string, areas = 0): { published: Figure[] } => ({
  published: [{ indicator: 'II.9.1', period: '2022-06', asAt: '2022-06-30', value: number, areas }],
});
const largest = Number.MAX_SAFE_INTEGER;
const good = 'indicator;period;value\nII.9.1;2022-06;50';

/**
 * Every rule: the nearest files that keep it and the nearest that break it, which have that one issue and no
 * other. A code without its edge does not compile. That the same bytes were sent before is not decided here.
 */
const edges: Record<Exclude<IssueCode, 'submission-identical'>, Edge> = {
  'file-empty': { passes: [good], fails: ['', '\ufeff', ' \r\n\t\n'] },
  'file-too-large': {
    passes: [
      [good, limits(good.length, 9)],
      [good, limits(good.length + 1, 9)],
    ],
    fails: [[good, limits(good.length - 1, 9)]],
  },
  'file-too-many-rows': {
    passes: [
      [good, limits(999, 1)],
      [`${good}\n\n\n`, limits(999, 1)],
    ],
    fails: [[`${good}\nII.9.1;2022-05;50`, limits(999, 1)]],
  },
  'file-format-unsupported': {
    passes: [`PK\x03\n${good}`],
    fails: [bytes('PK', 3, 4, good), bytes('%PDF-', good), '<table>'],
  },
  'encoding-invalid': {
    passes: [bytes(good, ';ộ').subarray(0, good.length), bytes(0xef, 0xbb, 0xbf, good)],
    fails: [bytes(good, ';ộ', 0xe1), bytes(0xef, 0xbb, 0xbf, good, 0xe1), bytes(0xff, 0xfe, 0x41)],
  },
  'encoding-ambiguous': {
    // One word that either reading knows; two of which Windows-1258 knows only one.
    passes: [bytes('indicator;period;value;note\nII.9.1;2022-06;50;', 0xe9, ' co', 0xec)],
    fails: [bytes('indicator;period;value;note\nII.9.1;2022-06;50;', 0xe9)],
  },
  'character-invalid': {
    passes: [rows('II.9.1;2022-06;;;;50;;;\u0001'), json(',"note":"\\ud83d\\ude00"')],
    fails: [rows('II.9.1;2022-06;;;;50;;;\0'), json(',"note":"\\ud83d"'), json(',"note":"\\u0000"')],
  },
  'json-invalid': {
    passes: [json(''), `{"observations":${json('')}}`],
    fails: [
      json('').slice(0, -1),
      json(','),
      `${json('')}x`,
      '[[]]',
      `{"data":${json('')}}`,
      `{"unit":"74","rows":[]}`,
      '"x"',
    ],
  },
  'json-duplicate-key': {
    passes: [json(',"note":"a","evidence":"a"')],
    fails: [json(',"note":"a","note":"a"'), json(',"note":"a","n\\u006fte":"b"')],
  },
  'json-too-deep': {
    passes: [json(`,"tiendo: lỗi":${'['.repeat(30)}${']'.repeat(30)}`)],
    fails: [json(`,"tiendo: lỗi":${'['.repeat(31)}${']'.repeat(31)}`)],
  },
  'csv-unclosed-quote': {
    passes: [rows('II.9.1;2022-06;;;;50;;;"a"'), rows('II.9.1;2022-06;;;;50;;;"a""b\nc"')],
    fails: [rows('II.9.1;2022-06;;;;50;;;"a'), rows('II.9.1;2022-06;;;;50;;;"a""')],
  },
  'csv-stray-quote': {
    passes: [rows('II.9.1;2022-06;;;;50;;;"a""b"')],
    fails: [rows('II.9.1;2022-06;;;;50;;;a"b'), rows('II.9.1;2022-06;;;;50;;;"a"b')],
  },
  'header-missing': {
    passes: [`${'x\n'.repeat(99)}${good}`],
    fails: [`${'x\n'.repeat(100)}${good}`, 'II.9.1;2022-06;50', 'indicators;periods', `sep=,\n${good}`],
  },
  'header-duplicate': {
    passes: [rows('II.9.1;2022-06;;;;50')],
    fails: ['indicator;period;value;Giá trị\nII.9.1;2022-06;50;50', json(',"Tỷ lệ":50')],
  },
  'column-missing': {
    passes: ['indicator;kỳ;value\nII.9.1;2022-06;50'],
    fails: ['indicator;value\nII.9.1;50', 'kỳ;value\n2022-06;50'],
  },
  'column-ignored': {
    passes: [
      'indicator;period;value;\nII.9.1;2022-06;50;',
      `${good.replace('value', 'value;tiendo: lỗi')};x`,
    ],
    fails: ['indicator;period;value;x\nII.9.1;2022-06;50;', json(',"x":1')],
  },
  'period-mixed-years': {
    passes: [rows('II.9.1;2022-01-01;;;;50', 'II.9.1;2022;;;;50')],
    fails: [rows('II.9.1;2022-01-01;;;;50', 'II.9.1;2021-12-31;;;;50')],
  },
  'no-observations': {
    passes: [rows('', 'II.9.1;2022-06;;;;50')],
    fails: [header, rows('', ';;;'), '[]', '{"observations":[]}'],
  },
  'row-too-long': {
    passes: [rows('II.9.1;2022-06;;;;50;;;;'), rows('II.9.1;2022-06;;;;50;;;; ; ')],
    fails: [rows('II.9.1;2022-06;;;;50;;;;x'), rows('II.9.1;2022-06;;;;50;;;;;x')],
  },
  'value-required': {
    passes: [rows('II.9.1;2022-06;;1;2'), value('1.b.1', '0'), rows('1.d.1;2022-06;;;;;2022-06-30;VB')],
    fails: [
      rows('II.9.1;2022-06;;1;'),
      rows('II.9.1;2022-06;;;2'),
      rows('II.9.1;2022-06;718;;;50'),
      value('II.9.1', ''),
      value('1.b.1', ''),
      value('1.c.1', ''),
      value('1.d.1', ''),
    ],
  },
  'value-conflict': {
    passes: [rows('1.d.1;2022-06;;;;100;2022-06-30;VB'), rows('1.d.1;2022-06;;;;100,0;2022-06-30;VB')],
    fails: [rows('1.d.1;2022-06;;;;99,99;2022-06-30;VB'), rows('1.d.1;2022-06;;;;0;2022-06-30;VB')],
  },
  'not-a-number': {
    passes: [value('II.9.1', '98,7 %'), value('1.c.1', '-3')],
    fails: [value('II.9.1', '98,7 %%'), value('1.c.1', '--3'), value('1.b.1', '5%'), value('1.b.1', '1 640')],
  },
  'number-ambiguous': {
    passes: [
      value('1.b.1', '1.234.567'),
      rows('1.b.1;2022-06;;;;1.234', '1.a.1;2022-06;;;;98,7'),
      value('1.c.1', '0,125'),
      value('1.c.1', '1.2345'),
      split('98,7123'),
      split('98,"7"'),
      split('"98",7'),
      split('98, xã 7'),
      split('98,-7'),
      split('98,'),
      split('98.5,7').replace('1.b.1', '1.a.1'),
      split('98;7').replaceAll(',', ';'),
    ],
    fails: [
      value('1.b.1', '1.234'),
      value('1.c.1', '1,234'),
      rows('1.a.1;2022-06;;;;98.7', '1.a.1;2022-05;;;;97.5', 'II.9.1;2022-06;;;;98,7'),
      // Of what comes right behind a number nobody can tell whether it belongs to it.
      split('98,7'),
      split('98,712'),
      split('98,7%'),
      `${splitHeader}II.9.1,2022-06,98,007`,
      'indicator,period,value,evidence\n1.b.1,2022-06,98,7',
      'indicator,period,value,tiendo: lỗi,note\n1.b.1,2022-06,98,7,',
      'indicator,period,denominator,numerator,note\nII.9.1,2022-06,900,12,5',
    ],
  },
  'not-an-integer': {
    passes: [
      value('1.b.1', '12'),
      value('1.b.1', '12,0'),
      value('1.b.1', '27.000,00'),
      rows('II.9.1;2022-06;;1,0;2,00'),
      json('},{"indicator":"1.b.1","period":"2022-06","value":1234.0'),
    ],
    fails: [
      value('1.b.1', '12,5'),
      value('1.b.1', '27.000,50'),
      json('},{"indicator":"1.b.1","period":"2022-06","value":1234.01'),
      rows('II.9.1;2022-06;;1,5;2'),
      rows('II.9.1;2022-06;;1;2,5'),
    ],
  },
  'out-of-range': {
    passes: [
      value('II.9.1', '0'),
      value('II.9.1', '100'),
      value('1.b.1', '0'),
      value('1.b.1', String(largest)),
      value('1.c.1', String(-largest)),
      rows(`II.9.1;2022-06;;0;1`, `II.9.1;2022-05;;${largest};${largest}`),
      rows('II.9.1;2021-01-01;;;;50'),
      rows(`1.b.1;2022-06;718;;;${largest - 1}`, '1.b.1;2022-06;721;;;1'),
    ],
    fails: [
      value('II.9.1', '-0,01'),
      value('II.9.1', '100,01'),
      value('1.b.1', '-1'),
      value('1.b.1', String(largest + 1)),
      value('1.c.1', String(-largest - 1)),
      rows('II.9.1;2022-06;;-1;1'),
      rows('II.9.1;2022-06;;0;0'),
      rows(`II.9.1;2022-06;;1;${largest + 1}`),
      rows('II.9.1;2020-12-31;;;;50'),
      rows(`1.b.1;2022-06;718;;;${largest}`, '1.b.1;2022-06;721;;;1'),
    ],
  },
  'text-too-long': {
    passes: [
      rows(`II.9.1;2022-06;;;;50;;;${'ộ'.repeat(2000)}`),
      rows(`II.9.1;2022-06;;;;50;;${'ộ'.repeat(500)}`),
    ],
    fails: [
      rows(`II.9.1;2022-06;;;;50;;;${'ộ'.repeat(2001)}`),
      rows(`II.9.1;2022-06;;;;50;;${'ộ'.repeat(501)}`),
      rows(`II.9.1;2022-06;;;;50;;;${'ộ'.repeat(32_768)}`),
    ],
  },
  'period-invalid': {
    passes: [rows('II.9.1;2022-02-28;;;;50'), rows('II.9.1;T6/2022;;;;50'), rows('II.9.1;2022-Q2;;;;50')],
    fails: [
      rows('II.9.1;2022-02-29;;;;50'),
      rows('II.9.1;T13/2022;;;;50'),
      rows('II.9.1;2022-Q0;;;;50'),
      rows('II.9.1;;;;;50'),
    ],
  },
  'period-in-future': {
    passes: [rows('II.9.1;2022-07-05;;;;50'), rows('II.9.1;2022-07;;;;50')],
    fails: [rows('II.9.1;2022-07-06;;;;50'), rows('II.9.1;2022-08;;;;50')],
  },
  'date-invalid': {
    passes: [rows('1.d.1;2022-06;;;;;30/06/2022;VB')],
    fails: [rows('1.d.1;2022-06;;;;;31/06/2022;VB'), rows('1.d.1;2022-06;;;;;06/2022;VB')],
  },
  'date-in-future': {
    passes: [rows('1.d.1;2022-06;;;;;05/07/2022;VB')],
    fails: [rows('1.d.1;2022-06;;;;;06/07/2022;VB')],
  },
  'indicator-required': {
    passes: [value('II.9.1', '50')],
    fails: [value('', '50'), value(' ', '50')],
  },
  'indicator-unknown': {
    passes: [value(' II.9.1 ', '50')],
    fails: [value('II.9.2', '50'), value('ii.9.1', '50'), value('II.9', '50')],
  },
  'indicator-not-assigned': { passes: [value('1.a.1', '50')], fails: [value('II.1.1', '50')] },
  'unit-mismatch': {
    passes: ['BINH DUONG', 'Tỉnh Bình Dương', '74', ''].flatMap(namingUnit),
    fails: ['Bình Dươn', 'Hà Nội', '7', 'Bình Dương 1'].flatMap(namingUnit),
  },
  'area-unknown': {
    passes: [rows('II.9.1;2022-06;718;1;2'), rows('II.9.1;2022-06;25741;1;2')],
    fails: [rows('II.9.1;2022-06;719;1;2'), rows('II.9.1;2022-06;0718;1;2'), rows('II.9.1;2022-06;74;1;2')],
  },
  'area-outside-unit': {
    passes: [rows('II.9.1;2022-06;725;1;2')],
    fails: [rows('II.9.1;2022-06;001;1;2'), rows('II.9.1;2022-06;00001;1;2')],
  },
  'area-not-allowed': { passes: [value('1.c.1', '5')], fails: [rows('1.c.1;2022-06;718;;;5')] },
  'numerator-exceeds-denominator': {
    passes: [rows('II.9.1;2022-06;;2;2')],
    fails: [rows('II.9.1;2022-06;;3;2'), rows('II.9.1;2022-06;718;3;2')],
  },
  'value-contradicts-ratio': {
    passes: ['66', '67', '66,6', '66,67'].map((text) => rows(`II.9.1;2022-06;;2;3;${text}`)),
    fails: ['65', '68', '66,5', '66,8', '66,65'].map((text) => rows(`II.9.1;2022-06;;2;3;${text}`)),
  },
  'observation-duplicate': {
    passes: [
      rows('1.b.1;2022-06;718;;;1', '1.b.1;2022-06;721;;;1'),
      rows('1.b.1;2022-06;;;;1', '1.b.1;2022-05;;;;1'),
      rows('1.b.1;2022-06;;;;1', '1.a.1;2022-06;;;;1'),
    ],
    fails: [
      rows('1.b.1;2022-06;718;;;1', '1.b.1;2022-06;718;;;2'),
      rows('1.b.1;2022-06;;;;1', '1.b.1;Tháng 6/2022;;;;1'),
    ],
  },
  'total-contradicts-areas': {
    passes: [
      rows('1.b.1;2022-06;;;;3', '1.b.1;2022-06;718;;;1', '1.b.1;2022-06;721;;;2'),
      rows('1.b.1;2022-06;718;;;3', '1.b.1;2022-06;25741;;;1', '1.b.1;2022-06;25744;;;2'),
      rows('II.9.1;2022-06;;;;66,6', 'II.9.1;2022-06;718;2;3'),
      rows('1.d.1;2022-06;;;;50', '1.d.1;2022-06;718;;;99', '1.d.1;2022-06;721;;;100;;VB'),
    ],
    fails: [
      rows('1.b.1;2022-06;;;;4', '1.b.1;2022-06;718;;;1', '1.b.1;2022-06;721;;;2'),
      rows('1.b.1;2022-06;718;;;2', '1.b.1;2022-06;25741;;;1', '1.b.1;2022-06;25744;;;2'),
      rows('II.9.1;2022-06;;;;66,5', 'II.9.1;2022-06;718;2;3'),
      rows('1.d.1;2022-06;;;;51', '1.d.1;2022-06;718;;;99', '1.d.1;2022-06;721;;;100;;VB'),
    ],
  },
  'evidence-missing': {
    passes: [value('1.d.1', '99,99'), rows('1.d.1;2022-06;;;;100;;VB')],
    fails: [value('1.d.1', '100'), rows('1.d.1;2022-06;;;;;2022-06-30'), rows('1.d.1;2022-06;;;;100;; ')],
  },
  'value-fell': {
    passes: [
      [good, published('50')],
      [good, published('49.99')],
    ],
    fails: [[good, published('50.01')]],
  },
  'value-jumped': { passes: [[good, published('10')]], fails: [[good, published('9.99')]] },
  'areas-missing': {
    passes: [[rows('II.9.1;2022-06;718;1;2', 'II.9.1;2022-06;721;1;2'), published('50', 2)]],
    fails: [[rows('II.9.1;2022-06;718;1;2'), published('50', 2)]],
  },
};

const check = (one: Case) => {
  const [content, given] = typeof one === 'string' || one instanceof Uint8Array ? [one, {}] : one;
  return checkFile(sourceOf(content), { ...context, ...given });
};
const all = Object.entries(edges).map(([code, edge]) => ({ code, ...edge }));
const isCode = (code: string): code is IssueCode => code in edges;

describe('the rule', () => {
  it.each(all.flatMap(({ code, passes }) => passes.map((one) => ({ code, one }))))(
    '$code is kept by $one',
    async ({ one }) => {
      expect(await check(one)).toMatchObject({ verdict: 'accepted', issues: [] });
    },
  );

  it.each(all.flatMap(({ code, fails }) => fails.map((one) => ({ code, one }))))(
    '$code is broken by $one',
    async ({ code, one }) => {
      const { verdict, issueCounts } = await check(one);
      expect(issueCounts).toEqual({ [code]: 1 });
      expect(verdict).toBe(isCode(code) && entryOf(code).severity === 'warning' ? 'accepted' : 'rejected');
    },
  );

  it.each(all)('$code has a file on either side of its edge', ({ passes, fails }) => {
    expect(passes).not.toHaveLength(0);
    expect(fails).not.toHaveLength(0);
  });
});
