import type { AlertKind } from './alert.ts';
import type { AlertState } from './alert-view.ts';
import type { Bilingual } from './catalogue.ts';
import type { Standing } from './standing.ts';

// What is said of alerts, in messages, commands and pages alike.

/** The kinds of alerts as people read them, as a heading or in front of their number; worst first. */
export const kindNames: Readonly<Record<AlertKind, Bilingual>> = {
  'deadline-missed': { vi: 'quá hạn', en: 'overdue' },
  'fell-below': { vi: 'tụt khỏi mục tiêu đã đạt', en: 'fell below target' },
  'report-missing': { vi: 'thiếu báo cáo', en: 'report missing' },
  'file-rejected': { vi: 'tệp bị trả lại', en: 'file rejected' },
  forecast: { vi: 'dự báo không đạt', en: 'forecast to miss' },
  'due-soon': { vi: 'sắp đến hạn', en: 'due soon' },
  'unit-unreachable': {
    vi: 'đơn vị không còn đầu mối liên lạc được',
    en: 'unit without a reachable coordinator',
  },
  'recipient-unreachable': { vi: 'đầu mối không liên lạc được', en: 'coordinator unreachable' },
  'sms-budget': { vi: 'hết hạn mức SMS', en: 'SMS budget used up' },
};

/** What an alert without an indicator is about. */
export const matterNames: Readonly<Partial<Record<AlertKind, Bilingual>>> = {
  'report-missing': { vi: 'Báo cáo tháng', en: 'Monthly report' },
  'file-rejected': { vi: 'Tệp đã nộp', en: 'Submitted file' },
  'unit-unreachable': { vi: 'Đầu mối của đơn vị', en: 'Coordinators of the unit' },
  'recipient-unreachable': { vi: 'Địa chỉ của đầu mối', en: "A coordinator's address" },
  'sms-budget': { vi: 'Hạn mức tin nhắn', en: 'Text message budget' },
};

/** Where an alert stands, as people read it. */
export const alertStateNames: Readonly<Record<AlertState, Bilingual>> = {
  open: { vi: 'đang mở', en: 'open' },
  acknowledged: { vi: 'đã ghi nhận', en: 'acknowledged' },
  resolved: { vi: 'đã giải quyết', en: 'resolved' },
  superseded: { vi: 'đã thay thế', en: 'superseded' },
};

/** The level at which somebody stands towards an alert. */
export const standingNames: Readonly<Record<Standing, Bilingual>> = {
  unit: { vi: 'đơn vị thực hiện', en: 'the unit that owes it' },
  body: { vi: 'đơn vị phối hợp', en: 'a coordinating body' },
  top: { vi: 'cấp cao nhất', en: 'the highest level' },
};

const stageNames: Readonly<Record<string, Bilingual>> = {
  missed: { vi: 'đã qua thời hạn', en: 'the deadline has passed' },
  'escalated-7': { vi: 'chuyển lên đơn vị phối hợp', en: 'raised to the coordinating bodies' },
  'escalated-14': { vi: 'chuyển lên cấp cao nhất', en: 'raised to the highest level' },
  forecast: { vi: 'dự báo không đạt', en: 'forecast to miss' },
  fell: { vi: 'tụt khỏi mục tiêu', en: 'fell below the target' },
  rejected: { vi: 'tệp bị trả lại', en: 'the file was rejected' },
  unreachable: { vi: 'không liên lạc được', en: 'unreachable' },
  reached: { vi: 'đã hết hạn mức', en: 'the budget is used up' },
  resolved: alertStateNames.resolved,
  superseded: alertStateNames.superseded,
};

/**
 * A stage of an alert by its name, as people read it: `30` → `còn 30 ngày`, `day-7` → `quá hạn ngày thứ 7`,
 * `2022-06` → `thiếu báo cáo tháng 06/2022`. A name that is none of ours stays as it is.
 */
export function stageText(stage: string): Bilingual {
  const daysLeft = /^\d+$/.exec(stage)?.[0];
  if (daysLeft)
    return { vi: `còn ${daysLeft} ngày`, en: `${daysLeft} ${daysLeft === '1' ? 'day' : 'days'} left` };
  const [, day] = /^day-(\d+)$/.exec(stage) ?? [];
  if (day) return { vi: `quá hạn ngày thứ ${day}`, en: `day ${day} past the deadline` };
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(stage) ?? [];
  if (month) return { vi: `thiếu báo cáo tháng ${month}/${year}`, en: `no report for ${month}/${year}` };
  return stageNames[stage] ?? { vi: stage, en: stage };
}
