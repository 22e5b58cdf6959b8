import { counts, milestone, ratio, type Story } from './story.ts';

/** What some of the agencies do. Every figure is invented; the agencies not listed never report. */
export const agencyStories: readonly Story[] = [
  {
    unit: 'BTC',
    habit: 'excelWithUnit',
    pace: 'month-end',
    diligence: 'prompt',
    series: [
      milestone('4.a.1', [60], '2022-04-20'),
      milestone('I.5.a.1', [60], '2022-04-20'),
      milestone('I.5.b.1', [50], '2022-04-22'),
      // Due in March, issued in May: met late.
      milestone('I.5.c.1', [70, 90], '2022-05-12'),
    ],
  },
  {
    unit: 'BGTVT',
    habit: 'excel',
    pace: 'after-month',
    diligence: 'late',
    series: [milestone('I.8.a.1', [40, 60, 80, 90]), milestone('I.8.b.1', [10, 15, 25, 40])],
  },
  {
    unit: 'BTTTT',
    habit: 'jsonObservations',
    pace: 'punctual',
    diligence: 'prompt',
    series: [
      { kind: 'monthly', indicator: '2.b.1', completedOn: [null, '2022-04-18', '2022-05-17', '2022-06-17'] },
      counts('2.d.1', ['1240', '3480', '5650', '7310']),
      milestone('2.dd.1', [15, 30, 45, 60]),
      milestone('2.e.1', [20, 60], '2022-05-17'),
      milestone('I.10.a.1', [], '2022-03-24'),
      // Due in April, done in May: met late.
      milestone('I.10.b.1', [40, 80], '2022-05-12'),
      counts('I.10.c.1', ['1240', '3480', '5650', '7310']),
    ],
  },
  {
    unit: 'BGDDT',
    habit: 'programQuoted',
    pace: 'month-end',
    diligence: 'prompt',
    // The second is due in August and at risk.
    series: [milestone('I.11.a.1', [], '2022-03-24'), milestone('I.11.b.1', [10, 15, 25, 30])],
  },
  {
    unit: 'BYT',
    habit: 'jsonLines',
    pace: 'after-month',
    diligence: 'late',
    // Due in March, done in April: met late.
    series: [milestone('I.15.1', [80], '2022-04-14')],
  },
  {
    unit: 'VPCP',
    habit: 'excelEnglish',
    pace: 'month-end',
    diligence: 'prompt',
    series: [
      milestone('3.a.1', [30, 50, 70, 80]),
      milestone('3.b.1', [20, 35, 50, 60]),
      ratio('3.c.1', 4216, [28.4, 32.9, 37.1, 41.2]),
      ratio('3.c.2', 4216, [28.4, 32.9, 37.1, 41.2]),
      milestone('3.d.1', [15, 25, 35, 45]),
      milestone('I.19.1', [15, 25, 35, 45]),
    ],
  },
  {
    unit: 'NHNN',
    habit: 'jsonArray',
    pace: 'month-end',
    diligence: 'late',
    series: [milestone('I.21.a.1', [30, 45, 60, 75]), milestone('I.21.b.1', [20, 30, 40, 55])],
  },
];
