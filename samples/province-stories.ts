import {
  communes,
  milestone,
  percentages,
  ratio,
  ratioBy,
  ratioWithValue,
  ruralCommunes,
  type Story,
} from './story.ts';

/**
 * What each of the 63 provinces does, in the order of their codes. Every figure is invented. Comments name
 * the state the story aims at on 2022-07-01 where it is not plainly met or overdue.
 */
export const provinceStories: readonly Story[] = [
  {
    unit: '01',
    habit: 'excel',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.1.1', [30, 55, 80], '2022-06-17')],
  },
  {
    unit: '02',
    habit: 'excelUsedRange',
    pace: 'month-end',
    diligence: 'late',
    series: [
      ratioBy('district', 'II.23.1', 195_214, [63.2, 66.5, 69.1, 71.5], true),
      ratioBy('district', 'II.23.2', 2071, [90.1, 93.4, 95.8, 97.4], true),
      // 84.99 % against 85 %.
      ratioBy('district', 'II.23.3', 871_930, [76.5, 79.8, 82.6, 84.99], true),
    ],
  },
  {
    unit: '04',
    habit: 'excel',
    pace: 'after-month',
    diligence: 'late',
    series: [ratioBy('district', 'II.14.1', 187, [38.5, 44.1, 49.7, 55.6])],
  },
  {
    unit: '06',
    habit: 'excelUsedRange',
    pace: 'month-end',
    diligence: 'late',
    series: [communes('II.6.1', [88, 97, 104, 108])],
  },
  // Met three months early.
  {
    unit: '08',
    habit: 'excelTab',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.60.1', [40, 65, 85], '2022-06-14')],
  },
  {
    unit: '10',
    habit: 'excelWithUnit',
    pace: 'month-end',
    diligence: 'late',
    series: [milestone('II.37.1', [25, 50, 75, 90])],
  },
  {
    unit: '11',
    habit: 'excel',
    pace: 'after-month',
    diligence: 'patchy',
    series: [ratio('II.19.1', 412, [71, 85, 96, 100]), ratio('II.19.2', 6240, [64.5, 78.2, 88.8, 96.2])],
  },
  // At risk: the projection to September stays far below 50 %.
  {
    unit: '12',
    habit: 'excelTab',
    pace: 'month-end',
    diligence: 'patchy',
    series: [ruralCommunes('II.35.1', [18, 19, 20, 21])],
  },
  {
    unit: '14',
    habit: 'excelPercentSign',
    pace: 'punctual',
    diligence: 'late',
    series: [milestone('II.52.1', [35, 60, 85], '2022-06-10')],
  },
  // On track for December.
  {
    unit: '15',
    habit: 'excelEnglish',
    pace: 'punctual',
    diligence: 'prompt',
    series: [ratio('II.63.1', 21_400, [12, 20.5, 31, 41.3])],
  },
  {
    unit: '17',
    habit: 'excel',
    pace: 'after-month',
    diligence: 'late',
    series: [milestone('II.29.1', [20, 45, 70, 95])],
  },
  {
    unit: '19',
    habit: 'jsonArray',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.55.1', [50, 80], '2022-05-13')],
  },
  // Completed the day after the deadline: met late.
  {
    unit: '20',
    habit: 'excelWithUnit',
    pace: 'month-end',
    diligence: 'late',
    series: [milestone('II.36.1', [30, 55, 75, 95])],
  },
  {
    unit: '22',
    habit: 'jsonObservations',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.49.1', [60], '2022-04-15')],
  },
  // On track for August.
  {
    unit: '24',
    habit: 'excelUsedRange',
    pace: 'punctual',
    diligence: 'late',
    series: [milestone('II.5.1', [20, 40, 60, 75])],
  },
  {
    unit: '25',
    habit: 'excel',
    pace: 'month-end',
    diligence: 'patchy',
    series: [milestone('II.44.1', [10, 30, 60, 80])],
  },
  // 99.996 % against 100 %: shown as 99.99, not met.
  {
    unit: '26',
    habit: 'program',
    pace: 'month-end',
    diligence: 'prompt',
    series: [percentages('II.62.1', ['97.5', '98.2', '99.5', '99.996'], true)],
  },
  // 22.5 meets “about 25”.
  {
    unit: '27',
    habit: 'excelPercentSign',
    pace: 'month-end',
    diligence: 'prompt',
    series: [
      percentages('II.7.1', ['8.9', '9.4', '9.9', '10.4']),
      percentages('II.7.2', ['17.8', '19.6', '21.3', '22.5']),
    ],
  },
  {
    unit: '30',
    habit: 'excelWithCounter',
    pace: 'punctual',
    diligence: 'late',
    series: [milestone('II.26.1', [45, 70, 90], '2022-06-10')],
  },
  // A plan due in April, issued in June: met late.
  {
    unit: '31',
    habit: 'program',
    pace: 'month-end',
    diligence: 'prompt',
    series: [
      milestone('II.27.1', [40, 60, 80], '2022-06-22'),
      milestone('1.g.1', [30, 50, 80], '2022-06-10'),
    ],
  },
  {
    unit: '33',
    habit: 'commaInComma',
    pace: 'after-month',
    diligence: 'patchy',
    series: [milestone('II.31.1', [15, 35, 60, 85])],
  },
  {
    unit: '34',
    habit: 'excelTab',
    pace: 'quarterly',
    diligence: 'late',
    series: [milestone('II.54.1', [45], '2022-06-17')],
  },
  {
    unit: '35',
    habit: 'excel',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.24.1', [55, 80], '2022-05-13')],
  },
  // 6.99 % against 7 %.
  {
    unit: '36',
    habit: 'excelPercentSign',
    pace: 'month-end',
    diligence: 'late',
    series: [ratioWithValue('II.40.1', 41_500_000, [5.1, 5.9, 6.5, 6.99])],
  },
  {
    unit: '37',
    habit: 'excelUsedRange',
    pace: 'month-end',
    diligence: 'prompt',
    series: [
      milestone('II.42.1', [35, 55, 80], '2022-06-23'),
      { kind: 'districts', indicator: '1.dd.1', reached: [2, 5, 8] },
    ],
  },
  // Its first file of June is rejected, the corrected one follows a day later.
  {
    unit: '38',
    habit: 'excel',
    pace: 'punctual',
    diligence: 'late',
    series: [ratio('II.56.1', 128_400_000, [6.1, 6.6, 7.05, 7.32])],
    receivedAt: { '2022-06': '2022-06-23T08:14:05.220' },
  },
  {
    unit: '40',
    habit: 'excelWithCounter',
    pace: 'month-end',
    diligence: 'late',
    series: [milestone('II.41.1', [30, 60, 85], '2022-06-23')],
  },
  {
    unit: '42',
    habit: 'excel',
    pace: 'after-month',
    diligence: 'late',
    series: [milestone('II.25.1', [30, 45, 65, 80])],
  },
  { unit: '44', habit: 'excel', pace: 'never', diligence: 'patchy', series: [] },
  // Its first file of May is rejected, the corrected one follows a day later.
  {
    unit: '45',
    habit: 'excelUsedRange',
    pace: 'punctual',
    diligence: 'late',
    series: [
      ratioBy('district', 'II.50.1', 178_306, [64.2, 66.8, 68.9, 70.3]),
      ratio('II.50.2', 802, [95.2, 96.4, 97.6, 98.1]),
      ratio('II.50.3', 640_120, [80.5, 82.7, 84.4, 85.6]),
    ],
    receivedAt: { '2022-05': '2022-05-25T09:02:41.930' },
  },
  {
    unit: '46',
    habit: 'jsonLines',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.57.1', [75], '2022-04-08')],
  },
  // Sends its file of June twice, by mistake.
  {
    unit: '48',
    habit: 'programQuoted',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.16.1', [50, 70, 90], '2022-06-14')],
  },
  {
    unit: '49',
    habit: 'excelUsedRange',
    pace: 'month-end',
    diligence: 'late',
    series: [ratioWithValue('II.47.1', 1_512_480, [61.5, 65.8, 69.4, 72.2])],
  },
  // On track for September.
  {
    unit: '51',
    habit: 'excel',
    pace: 'punctual',
    diligence: 'late',
    series: [ruralCommunes('II.48.1', [42, 52, 61, 70])],
  },
  // Completed in time, reported after the deadline: met, reported late.
  {
    unit: '52',
    habit: 'commaInComma',
    pace: 'month-end',
    diligence: 'late',
    series: [milestone('II.10.1', [20, 45, 65, 90])],
  },
  // 100 % as at 2022-07-01: met late.
  {
    unit: '54',
    habit: 'excelPercentSign',
    pace: 'after-month',
    diligence: 'late',
    series: [ratio('II.45.1', 124, [88.7, 93.5, 96.7, 98.3])],
  },
  {
    unit: '56',
    habit: 'jsonArray',
    pace: 'month-end',
    diligence: 'prompt',
    series: [milestone('II.32.1', [40, 70, 90], '2022-06-21')],
  },
  {
    unit: '58',
    habit: 'excelEnglish',
    pace: 'month-end',
    diligence: 'prompt',
    series: [ratioWithValue('II.43.1', 168_452, [92.3, 96.1, 98.9, 100])],
  },
  // Its figure of May is corrected: 88.9 % was too high.
  {
    unit: '60',
    habit: 'excel',
    pace: 'after-month',
    diligence: 'patchy',
    series: [ratio('II.12.1', 1_252_060, [82.4, 85.9, 88.9, 89.6])],
  },
  // Says nothing of its own task, which is awaited until September.
  { unit: '62', habit: 'excelTab', pace: 'after-month', diligence: 'patchy', series: [] },
  { unit: '64', habit: 'excel', pace: 'never', diligence: 'patchy', series: [] },
  // At risk for September.
  {
    unit: '66',
    habit: 'excelWithUnit',
    pace: 'month-end',
    diligence: 'patchy',
    series: [milestone('II.17.1', [10, 12, 15, 16])],
  },
  // On track with one figure and no projection.
  {
    unit: '67',
    habit: 'excelWithAlias',
    pace: 'after-month',
    diligence: 'late',
    series: [milestone('II.18.1', [null, null, null, 45])],
  },
  // Exactly 50 % does not exceed 50 %.
  {
    unit: '68',
    habit: 'excel',
    pace: 'month-end',
    diligence: 'late',
    series: [ratio('II.38.1', 142, [35.2, 42.2, 47.8, 50])],
  },
  {
    unit: '70',
    habit: 'excelWithCounter',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.11.1', [40, 65, 90], '2022-06-08')],
  },
  // Exactly 7 % meets 7 %.
  {
    unit: '72',
    habit: 'commaInComma',
    pace: 'month-end',
    diligence: 'late',
    series: [ratio('II.53.1', 38_500_000, [5.8, 6.3, 6.7, 7])],
  },
  {
    unit: '74',
    habit: 'excelUsedRange',
    pace: 'month-end',
    diligence: 'late',
    series: [ratioBy('commune', 'II.9.1', 721_348, [91, 95, 97, 98.7])],
  },
  {
    unit: '75',
    habit: 'program',
    pace: 'month-end',
    diligence: 'late',
    series: [milestone('II.20.1', [30, 50, 75], '2022-06-22')],
  },
  {
    unit: '77',
    habit: 'excelWithAlias',
    pace: 'punctual',
    diligence: 'prompt',
    series: [ratio('II.3.1', 905_170, [58.7, 61.9, 64.4, 66.1])],
  },
  {
    unit: '79',
    habit: 'excelWithAlias',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.30.1', [45, 65, 85], '2022-06-16')],
  },
  // Half a minute before the deadline 99.5 %, half a minute after it the corrected 100 %: met, reported late.
  {
    unit: '80',
    habit: 'excelPercentSign',
    pace: 'after-month',
    diligence: 'late',
    series: [ratio('II.39.1', 188, [84, 91.5, 96.3, 99.4])],
    receivedAt: { '2022-06': '2022-06-30T23:59:30.000' },
  },
  {
    unit: '82',
    habit: 'excel',
    pace: 'after-month',
    diligence: 'patchy',
    series: [milestone('II.58.1', [20, 30, 50, 60])],
  },
  {
    unit: '83',
    habit: 'excelTab',
    pace: 'month-end',
    diligence: 'prompt',
    series: [ratio('II.8.1', 562, [70.1, 85.2, 94.3, 100])],
  },
  { unit: '84', habit: 'excel', pace: 'never', diligence: 'patchy', series: [] },
  {
    unit: '86',
    habit: 'commaInComma',
    pace: 'month-end',
    diligence: 'patchy',
    series: [percentages('II.61.1', ['4.1', '4.6', '4.9', '5.2'])],
  },
  // Reports in April and never again.
  {
    unit: '87',
    habit: 'excel',
    pace: 'once',
    diligence: 'patchy',
    series: [milestone('II.21.1', [null, 40])],
  },
  // Met three months early.
  {
    unit: '89',
    habit: 'excelWithCounter',
    pace: 'punctual',
    diligence: 'prompt',
    series: [milestone('II.2.1', [45, 70, 90], '2022-06-09')],
  },
  { unit: '91', habit: 'excel', pace: 'never', diligence: 'patchy', series: [] },
  {
    unit: '92',
    habit: 'jsonObservations',
    pace: 'month-end',
    diligence: 'prompt',
    series: [milestone('II.15.1', [30, 50, 70], '2022-06-17')],
  },
  // Its file of June is rejected and not sent again.
  {
    unit: '93',
    habit: 'excelEnglish',
    pace: 'month-end',
    diligence: 'patchy',
    series: [milestone('II.28.1', [40, 60, 85])],
    skips: ['2022-06'],
  },
  {
    unit: '94',
    habit: 'excelTab',
    pace: 'after-month',
    diligence: 'patchy',
    series: [milestone('II.51.1', [20, 35, 55, 70])],
  },
  // On track for September.
  {
    unit: '95',
    habit: 'excel',
    pace: 'month-end',
    diligence: 'late',
    series: [milestone('II.4.1', [20, 40, 55, 70])],
  },
  // At risk for September.
  {
    unit: '96',
    habit: 'excelUsedRange',
    pace: 'after-month',
    diligence: 'patchy',
    series: [milestone('II.13.1', [5, 8, 10, 12])],
  },
];
