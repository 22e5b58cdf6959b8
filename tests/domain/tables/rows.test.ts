import { describe, expect, it } from 'vitest';
import { listAreas, loadCatalogue } from '../../../shared/catalogue/load-catalogue.ts';
import type { Alert } from '../../../shared/domain/alert.ts';
import type { Notification } from '../../../shared/domain/notification.ts';
import { type Submission, submissionStates } from '../../../shared/domain/submission.ts';
import { alertRows } from '../../../shared/domain/tables/alert-rows.ts';
import {
  areaRows,
  coordinatingBodyRows,
  indicatorRows,
  taskRows,
  unitRows,
} from '../../../shared/domain/tables/dimension-rows.ts';
import { notificationRows } from '../../../shared/domain/tables/notification-rows.ts';
import { dayOfKey, submissionKeys, submissionOfKey } from '../../../shared/domain/tables/object-keys.ts';
import { submissionIssueRows, submissionRows } from '../../../shared/domain/tables/submission-rows.ts';
import { decimalOf, type Row } from '../../../shared/domain/tables/table.ts';
import { tableNames, tables } from '../../../shared/domain/tables.ts';

const catalogue = loadCatalogue();

describe('the list of tables', () => {
  it('names tables and their columns once, in snake_case', () => {
    const names = [tableNames, ...tables.map(({ columns }) => columns.map(({ name }) => name))];
    for (const list of names) {
      expect(new Set(list).size).toBe(list.length);
      expect(list.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    }
  });

  it('has no decimal of more digits than engines take', () => {
    const decimals = tables.flatMap(({ columns }) => columns.flatMap(({ type }) => decimalOf(type) ?? []));
    expect(decimals.filter(({ precision, scale }) => precision > 38 || precision - scale < 16)).toEqual([]);
  });
});

describe('the rows of submissions', () => {
  const submission: Submission = {
    id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
    unit: '74',
    state: 'accepted',
    fileName: 'báo cáo.csv',
    contentType: 'text/csv',
    bytes: 3,
    sha256: 'a'.repeat(64),
    requestedAt: '2022-06-20T03:00:00.000Z',
    requestedBy: 'office',
    issueCounts: { 'value-fell': 2, 'out-of-range': 1, 'column-ignored': 3 },
  };

  it.each(submissionStates)('count one that is %s only when it has its outcome', (state) => {
    const isIn = ['accepted', 'rejected', 'failed', 'expired'].includes(state);
    expect(submissionRows([{ ...submission, state }])).toHaveLength(isIn ? 1 : 0);
    expect(submissionIssueRows([{ ...submission, state }])).toHaveLength(isIn ? 3 : 0);
  });

  it('count errors and warnings apart', () => {
    expect(submissionRows([submission])).toMatchObject([{ errors: 1, warnings: 5 }]);
    expect(
      submissionIssueRows([submission]).map(({ code, severity, count }) => [code, severity, count]),
    ).toEqual([
      ['column-ignored', 'warning', 3],
      ['out-of-range', 'error', 1],
      ['value-fell', 'warning', 2],
    ]);
  });
});

describe('the rows of alerts', () => {
  it('carry the reason on to the stages that do not repeat it', () => {
    const at = '2022-06-30T17:00:00.000Z';
    const reason = { vi: 'quá hạn', en: 'overdue' };
    const alert: Alert = {
      id: `deadline-missed|74:II.9.1|${at}`,
      kind: 'deadline-missed',
      unit: '74',
      subject: '74:II.9.1',
      indicator: 'II.9.1',
      due: '2022-06-30',
      episode: at,
      stages: [
        { stage: 'missed', at, decidedAt: at, isUrgent: true, reason },
        { stage: 'day-7', at, decidedAt: at },
      ],
    };
    expect(alertRows([alert]).map((row) => [row.stage, row.is_urgent, row.reason_vi])).toEqual([
      ['missed', true, 'quá hạn'],
      ['day-7', false, 'quá hạn'],
    ]);
  });
});

describe('the rows of notifications', () => {
  const notification: Notification = {
    id: '2022-07-01#74-1#email#12',
    coordinator: '74-1',
    unit: '74',
    channel: 'email',
    purpose: 'digest',
    day: '2022-07-01',
    subject: 'Bản tin',
    text: 'Kính gửi ông A, 0900000074',
    stages: ['recipient-unreachable|74:coordinator:74-1|2022-06-30T17:00:00.000Z#resolved', 'a|b|c#day-7'],
    state: 'sent',
    decidedAt: '2022-07-01T00:30:00.000Z',
    failures: [],
  };

  it('are one for each stage told, without what was written to whom', () => {
    const rows = notificationRows(notification);
    expect(rows.map(({ alert_id, stage }) => [alert_id, stage])).toEqual([
      ['recipient-unreachable|74:coordinator:74-1|2022-06-30T17:00:00.000Z', 'resolved'],
      ['a|b|c', 'day-7'],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/Bản tin|Kính gửi|0900/);
  });

  it('are one for a message that tells of none', () => {
    expect(notificationRows({ ...notification, stages: [] })).toMatchObject([
      { alert_id: null, stage: null },
    ]);
  });
});

describe('the dimensions', () => {
  const sizes: [string, readonly Row[], number][] = [
    ['units', unitRows(catalogue), 93],
    ['tasks', taskRows(catalogue), catalogue.tasks.length],
    ['areas', areaRows(listAreas()), 705 + 10_599],
    ['indicators', indicatorRows(catalogue), catalogue.tasks.flatMap(({ indicators }) => indicators).length],
    [
      'coordinating_bodies',
      coordinatingBodyRows(catalogue),
      catalogue.tasks.flatMap((task) => task.coordinators).length,
    ],
  ];
  it.each(sizes)('%s has a row for each', (_, rows, size) => expect(rows).toHaveLength(size));

  it('give an indicator the due date of its task, and what a target is met from', () => {
    expect(indicatorRows(catalogue).find(({ indicator_id }) => indicator_id === 'II.9.1')).toMatchObject({
      task_ref: 'II.9',
      target_op: 'at-least',
      threshold: '100.000000',
      threshold_high: null,
      due_type: 'date',
      due: '2022-06-30',
    });
    const about = indicatorRows(catalogue).filter(({ target_op }) => target_op === 'about');
    expect(about.map(({ threshold }) => threshold)).toContain('22.500000');
  });

  it('say of an area its district and province', () => {
    const rows = areaRows(listAreas());
    expect(rows.find(({ area_id }) => area_id === '718')).toMatchObject({
      level: 'district',
      district_id: '718',
      province_id: '74',
    });
    expect(rows.find(({ area_id }) => area_id === '25741')).toMatchObject({
      level: 'commune',
      district_id: '718',
      province_id: '74',
    });
  });
});

describe('the keys of objects', () => {
  it.each([
    [199_999, 1],
    [200_000, 1],
    [200_001, 2],
    [2_000_000, 10],
  ])('of a submission with %i rows are %i', (rows, count) => {
    const keys = submissionKeys('74', '01G3', rows);
    expect(keys).toHaveLength(count);
    expect(keys[0]).toBe('observations/unit=74/01G3-0001.parquet');
    expect(keys.map(submissionOfKey)).toEqual(keys.map(() => '01G3'));
  });

  it.each([
    ['assessments/day=2022-07-01/assessments.parquet', '2022-07-01'],
    ['units/units.parquet', undefined],
  ])('%s is of the day %s', (key, day) => expect(dayOfKey(key)).toBe(day));
});
