import { stateNames, states } from '../shared/domain/assessment.ts';
import { dayOf, formatDay } from '../shared/domain/calendar.ts';
import type { Catalogue } from '../shared/domain/catalogue.ts';
import type { Issue } from '../shared/domain/issue.ts';
import type { Outcome, RejectedFile } from './summary.ts';

/** Columns of the terminal the summary fits in. */
export const summaryColumns = 100;
const barColumns = 30;
const nameColumns = 9;
const issueColumns = 10;
const placeColumns = 9;
const shownIssues = 6;
const shownEmails = 3;

/**
 * What became of a run, in the numbers a newcomer asks for: files with the reasons of those sent back, units,
 * obligations by state, and who was told. Vietnamese first; no line is over 100 columns.
 */
export function summaryText(outcome: Outcome, catalogue: Catalogue): string {
  const { asOf, states: counts } = outcome;
  return [
    `KẾT QUẢ đến hết ngày ${formatDay(dayOf(asOf))} · outcome as of ${dayOf(asOf)}`,
    '─'.repeat(summaryColumns),
    ...filesLines(outcome, catalogue),
    '',
    ...unitsLines(outcome, catalogue),
    '',
    'NGHĨA VỤ · obligations',
    ...states.map((state) => {
      const { vi, en } = stateNames[state];
      return `${count(counts[state])}  ${`${vi} · ${en}`.padEnd(46)}${bar(counts[state], Math.max(...Object.values(counts)))}`;
    }),
    '',
    ...toldLines(outcome),
  ]
    .map((line) => clip(line, summaryColumns).trimEnd())
    .join('\n');
}

function filesLines({ accepted, rejected }: Outcome, catalogue: Catalogue): string[] {
  return [
    'TỆP NỘP · files',
    `${count(accepted)}  được nhận · accepted`,
    `${count(rejected.length)}  bị trả lại · rejected`,
    ...rejected.flatMap((file) => rejectedLines(file, catalogue)),
  ];
}

function rejectedLines({ unit, fileName, receivedOn, issues }: RejectedFile, catalogue: Catalogue): string[] {
  const hidden = issues.length - shownIssues;
  return [
    '',
    `        ${unitName(catalogue, unit)} (${unit}) · ${fileName} · ${formatDay(receivedOn)}`,
    ...issues.slice(0, shownIssues).flatMap((issue) => {
      const [first = '', ...rest] = wrap(whatIsWrong(issue), summaryColumns - issueColumns - placeColumns);
      const lines = [
        `${placeOf(issue).padEnd(placeColumns)}${first}`,
        ...rest.map((line) => `${' '.repeat(placeColumns)}${line}`),
      ];
      return lines.map((line) => `${' '.repeat(issueColumns)}${line}`);
    }),
    ...(hidden > 0 ? [`          … và ${hidden} lỗi khác · more`] : []),
  ];
}

/** The first sentence of an issue: what to do about it is for its sender. */
function whatIsWrong({ message: { vi } }: Issue): string {
  return /^.*?[.](?=\s|$)/.exec(vi)?.[0] ?? vi;
}

/** Where an issue is: `ô D17`, `dòng 17`, or the whole file. */
function placeOf({ cell, row }: Issue): string {
  if (cell !== undefined) return `ô ${cell}`;
  return row === undefined ? 'tệp' : `dòng ${row}`;
}

function unitsLines({ reporting }: Outcome, { units }: Catalogue): string[] {
  const of = (kind: 'province' | 'agency') => {
    const all = units.filter((unit) => unit.kind === kind);
    return { all, silent: all.filter(({ id }) => !reporting.has(id)) };
  };
  const [provinces, agencies] = [of('province'), of('agency')];
  const share = ({ all, silent }: typeof provinces) =>
    `${all.length - silent.length}/${all.length}`.padStart(7);
  const names = provinces.silent.map(({ name }) => name);
  return [
    'ĐƠN VỊ ĐÃ BÁO CÁO · units that have reported',
    `${share(provinces)}  tỉnh, thành phố · provinces`,
    ...(names.length > 0 && names.length < provinces.all.length
      ? wrap(`chưa báo cáo · silent: ${names.join(', ')}`, summaryColumns - nameColumns).map(
          (line) => `${' '.repeat(nameColumns)}${line}`,
        )
      : []),
    `${share(agencies)}  bộ, ngành · agencies`,
  ];
}

function toldLines({ told: { email, sms }, lastDay }: Outcome): string[] {
  const lines = [
    'ĐÃ BÁO CHO ĐẦU MỐI · coordinators were told',
    `${count(email.messages)}  thư tổng hợp tới ${email.people} người · daily digests by e-mail`,
    `${count(sms.messages)}  tin nhắn SMS tới ${sms.people} số · text messages, urgent only`,
  ];
  if (!lastDay) return lines;
  const { told, day, emails } = lastDay;
  const date = formatDay(day);
  return [
    ...lines,
    '',
    `        Riêng ${date} · that day: ${told.email.messages} thư cho ${told.email.people} người, ${told.sms.messages} SMS cho ${told.sms.people} số; ví dụ · such as`,
    ...emails.slice(0, shownEmails).map(({ to, subject }) => `          ${to}  “${subject}”`),
  ];
}

function unitName({ units }: Catalogue, id: string): string {
  return units.find((unit) => unit.id === id)?.name ?? id;
}

function count(value: number): string {
  return String(value).padStart(7);
}

function bar(value: number, largest: number): string {
  return '█'.repeat(largest === 0 ? 0 : Math.ceil((value / largest) * barColumns));
}

/** The words of a text in lines of at most so many columns; a longer word has a line of its own. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** NFC Vietnamese takes one column a code point. */
function clip(text: string, columns: number): string {
  const points = [...text];
  return points.length <= columns ? text : `${points.slice(0, columns - 1).join('')}…`;
}
