import { expect, it } from 'vitest';
import { alertStates } from '../../shared/domain/alert-view.ts';
import { alertStateNames, stageText } from '../../shared/domain/alert-words.ts';
import { escalations } from '../../shared/domain/obligation-causes.ts';

it.each([
  ['30', 'còn 30 ngày', '30 days left'],
  ['1', 'còn 1 ngày', '1 day left'],
  ['missed', 'đã qua thời hạn', 'the deadline has passed'],
  ['day-7', 'quá hạn ngày thứ 7', 'day 7 past the deadline'],
  ['2022-06', 'thiếu báo cáo tháng 06/2022', 'no report for 06/2022'],
  ['resolved', 'đã giải quyết', 'resolved'],
  ['something new', 'something new', 'something new'],
])('calls the stage %s «%s»', (stage, vi, en) => {
  expect(stageText(stage)).toEqual({ vi, en });
});

it('has words for every escalation and every state', () => {
  for (const { stage } of escalations) expect(stageText(stage).vi).not.toBe(stage);
  expect(Object.keys(alertStateNames)).toEqual([...alertStates]);
});
