import { describe, expect, it } from 'vitest';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { fillQuery, type NamedQuery } from '../../shared/domain/named-query.ts';
import { memoryTables, type Row } from './memory-tables.ts';

const queries = namedQueries({ reports: { from: '2022-04', to: '2022-06', dueDayOfMonth: 25 } });

function queryOf(name: string): NamedQuery {
  const query = queries.find((one) => one.name === name);
  if (!query) throw new Error(`There is no query ${name}`);
  return query;
}

/** What a named query answers over some rows. */
async function answer(
  name: string,
  rows: Parameters<typeof memoryTables>[0],
  given: Record<string, string> = {},
) {
  const memory = await memoryTables(rows);
  try {
    return await memory.ask(fillQuery(queryOf(name), given));
  } finally {
    memory.close();
  }
}

const units: Row[] = [
  { unit_id: '01', kind: 'province', name: 'Hà Nội' },
  { unit_id: '74', kind: 'province', name: 'Bình Dương' },
  { unit_id: 'BTTTT', kind: 'agency', name: 'Bộ Thông tin và Truyền thông' },
];
const percent: Row = {
  indicator_id: 'II.9.1',
  task_ref: 'II.9',
  kind: 'percent',
  title_vi: 'Tỷ lệ',
  title_en: 'Share',
  target_op: 'at-least',
  threshold: 90,
};

/** A figure of Bình Dương that is current since 25 June. */
function point(cells: Row): Row {
  return {
    unit_id: '74',
    indicator_id: 'II.9.1',
    period: '2022-06',
    as_at: '2022-06-30',
    areas: 0,
    submission_id: 'S1',
    received_at: '2022-06-24 02:00:00',
    accepted_at: '2022-06-24 02:00:01',
    known_from: '2022-06-24 02:00:01',
    ...cells,
  };
}

function ratio(numerator: number, denominator: number): Row {
  return { numerator, denominator, value: (100 * numerator) / denominator };
}

describe('every named query', () => {
  it.each(queries.map(({ name }) => name))('%s runs where nothing was exported yet', async (name) => {
    expect(await answer(name, {})).toEqual([]);
  });

  it('has a name of its own, and uses each of its parameters', () => {
    expect(new Set(queries.map(({ name }) => name)).size).toBe(6);
    for (const { sql, parameters } of queries) {
      const used = [...sql.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
      expect(new Set(used)).toEqual(new Set(parameters.map(({ name }) => name)));
    }
  });
});

describe('national-percentage', () => {
  const indicators = [percent, { ...percent, indicator_id: 'II.9.2', kind: 'count' }];

  it('weighs the latest figure of each unit by its denominator, and rounds down', async () => {
    const points = [
      point({ ...ratio(1, 3), submission_id: 'S1', as_at: '2022-05-31', period: '2022-05' }),
      point({ ...ratio(998, 1000), submission_id: 'S2' }),
      point({ ...ratio(1, 2), unit_id: '01' }),
      point({ value: 97.5, unit_id: 'BTTTT' }),
      point({ ...ratio(1, 2), indicator_id: 'II.9.2' }),
    ];
    expect(await answer('national-percentage', { indicators, points })).toEqual([
      {
        indicator_id: 'II.9.1',
        title_vi: 'Tỷ lệ',
        title_en: 'Share',
        units: '3',
        units_with_denominator: '2',
        numerator: '999',
        denominator: '1002',
        percentage: 99.7,
        lowest: '50.000000000000',
        highest: '99.800000000000',
        threshold: '90.000000',
      },
    ]);
  });

  it('has no percentage where nobody gave a denominator', async () => {
    const [row] = await answer('national-percentage', { indicators, points: [point({ value: 97.5 })] });
    expect(row).toMatchObject({ units: '1', units_with_denominator: '0', percentage: null });
  });

  it.each([
    ['a later submission', { submission_id: 'S2', period: '2022-Q2' }, { submission_id: 'S1' }],
    ['a day', { period: '2022-06-30' }, { period: '2022-06' }],
    ['a month', { period: '2022-06' }, { period: '2022-Q2' }],
    ['a quarter', { period: '2022-Q2' }, { period: '2022' }],
  ])('lets %s count where two figures are of one day', async (_, counts, other) => {
    const points = [point({ ...ratio(1, 2), ...other }), point({ ...ratio(3, 4), ...counts })];
    const [row] = await answer('national-percentage', { indicators, points });
    expect(row?.percentage).toBe(75);
  });
});

describe('known-on', () => {
  // 17:00 UTC is midnight in Vietnam.
  const points = [
    point({ value: 1, known_from: '2022-06-30 16:59:59.999', known_to: '2022-07-01 17:00:00' }),
    point({ value: 2, known_from: '2022-07-01 17:00:00', known_to: '2022-07-01 17:00:00' }),
    point({ value: 3, known_from: '2022-07-01 17:00:00', unit_id: '74' }),
    point({ value: 4, known_from: '2022-07-01 17:00:00', unit_id: '01', indicator_id: 'II.9.2' }),
  ];

  it.each([
    ['2022-06-29', []],
    ['2022-06-30', [1]],
    ['2022-07-01', [1]],
    ['2022-07-02', [4, 3]],
    ['9999-12-31', [4, 3]],
  ])('answers for the end of %s in Vietnam', async (day, values) => {
    const rows = await answer('known-on', { points }, { day });
    expect(rows.map(({ value }) => Number(value))).toEqual(values);
  });

  it.each([
    [{ unit: '74' }, [3]],
    [{ indicator: 'II.9.2' }, [4]],
    [{ unit: '74', indicator: 'II.9.2' }, []],
  ])('keeps to %j', async (given, values) => {
    const rows = await answer('known-on', { points }, given);
    expect(rows.map(({ value }) => Number(value))).toEqual(values);
  });
});

describe('overdue-by-body', () => {
  const overdue = (cells: Row): Row => ({
    assessed_on: '2022-07-01',
    unit_id: '74',
    task_ref: 'II.9',
    state: 'overdue',
    days_left: -1,
    ...cells,
  });
  const rows = {
    units,
    coordinating_bodies: [
      { task_ref: 'II.9', body: 'BTTTT' },
      { task_ref: 'II.9', body: 'các địa phương' },
      { task_ref: 'II.10', body: 'BTTTT' },
    ],
    assessments: [
      overdue({}),
      overdue({ unit_id: '01', days_left: -31 }),
      overdue({ task_ref: 'II.10' }),
      overdue({ task_ref: '1.a' }),
      overdue({ task_ref: 'II.10', unit_id: '01', state: 'met' }),
      overdue({ assessed_on: '2022-06-30' }),
    ],
  };

  it('counts for each body of a task, and apart where there is none', async () => {
    const day = '2022-07-01';
    expect(await answer('overdue-by-body', rows)).toEqual([
      {
        assessed_on: day,
        body: 'BTTTT',
        body_name: 'Bộ Thông tin và Truyền thông',
        overdue: '3',
        units: '2',
        tasks: '2',
        longest_days: '31',
      },
      {
        assessed_on: day,
        body: 'các địa phương',
        body_name: 'các địa phương',
        overdue: '2',
        units: '2',
        tasks: '1',
        longest_days: '31',
      },
      {
        assessed_on: day,
        body: null,
        body_name: null,
        overdue: '1',
        units: '1',
        tasks: '1',
        longest_days: '1',
      },
    ]);
  });

  it.each([
    ['2022-06-29', []],
    ['2022-06-30', ['2022-06-30', '2022-06-30']],
    ['2022-07-02', ['2022-07-01', '2022-07-01', '2022-07-01']],
  ])('takes the last assessment by %s', async (day, days) => {
    const found = await answer('overdue-by-body', rows, { day });
    expect(found.map((row) => row.assessed_on)).toEqual(days);
  });
});

describe('lagging-communes', () => {
  const areas: Row[] = [
    { area_id: '718', name: 'Thủ Dầu Một', level: 'district', district_id: '718', province_id: '74' },
    { area_id: '25741', name: 'Phú Cường', level: 'commune', district_id: '718', province_id: '74' },
    { area_id: '25744', name: 'Phú Hòa', level: 'commune', district_id: '718', province_id: '74' },
  ];
  const observation = (cells: Row): Row => ({
    unit_id: '74',
    submission_id: 'S1',
    row_number: 2,
    indicator_id: 'II.9.1',
    period: '2022-06',
    as_at: '2022-06-30',
    area_id: '25741',
    ...cells,
  });
  const ask = (observations: Row[], target: Row = {}, points: Row[] = [point({})]) =>
    answer('lagging-communes', {
      units,
      areas,
      indicators: [{ ...percent, ...target }],
      observations,
      points,
    });

  it('names the commune, the lowest first, and leaves out districts', async () => {
    const rows = await ask([
      observation({ numerator: 2, denominator: 3 }),
      observation({ numerator: 1, denominator: 2, area_id: '25744' }),
      observation({ numerator: 3, denominator: 5, area_id: '718' }),
    ]);
    expect(rows.map(({ commune_name, percentage }) => [commune_name, percentage])).toEqual([
      ['Phú Hòa', 50],
      ['Phú Cường', 66.66],
    ]);
    expect(rows[0]).toMatchObject({ unit_name: 'Bình Dương', district_name: 'Thủ Dầu Một' });
  });

  it.each([
    ['at-least', 90, { numerator: 90, denominator: 100 }, false],
    ['at-least', 90, { numerator: 89_999, denominator: 100_000 }, true],
    ['more-than', 90, { numerator: 90, denominator: 100 }, true],
    ['more-than', 90, { numerator: 90_001, denominator: 100_000 }, false],
    ['range', 65, { value: 65 }, false],
    ['range', 65, { value: 64.99 }, true],
    ['about', 25, { value: 22.5 }, false],
    ['about', 25, { value: 22.49 }, true],
    ['at-least', 100, { completed_on: '2022-06-01' }, false],
  ])('judges a target of %s %d by %j', async (target_op, threshold, figures, isLagging) => {
    const kind = 'completed_on' in figures ? 'milestone' : 'percent';
    const rows = await ask([observation(figures)], { target_op, threshold, kind });
    expect(rows).toHaveLength(isLagging ? 1 : 0);
  });

  it('takes the latest figure that is current', async () => {
    const older = { as_at: '2022-05-31', period: '2022-05' };
    const withdrawn = { as_at: '2022-07-31', period: '2022-07' };
    const rows = await ask(
      [
        observation({ ...older, numerator: 1, denominator: 10 }),
        observation({ numerator: 2, denominator: 10 }),
        observation({ ...withdrawn, numerator: 3, denominator: 10 }),
      ],
      {},
      [point(older), point({}), point({ ...withdrawn, known_to: '2022-08-01 00:00:00' })],
    );
    expect(rows.map(({ percentage }) => percentage)).toEqual([20]);
  });
});

describe('timeliness-ranking', () => {
  const submission = (cells: Row): Row => ({
    unit_id: '74',
    submission_id: 'S1',
    accepted_at: '2022-04-24 00:00:00',
    ...cells,
  });
  const april = (cells: Row): Row => point({ as_at: '2022-04-30', period: '2022-04', ...cells });
  const assessed = (day: string): Row => ({ assessed_on: day });
  const assessments = [assessed('2022-12-31')];

  it.each([
    ['2022-04-25', []],
    ['2022-04-26', ['1']],
    ['2022-05-25', ['1']],
    ['2022-05-26', ['2']],
    ['2022-12-31', ['3']],
  ])('expects by the end of %s what is due by then', async (day, expected) => {
    const rows = await answer('timeliness-ranking', { units: units.slice(0, 1), assessments }, { day });
    expect(rows.map((row) => row.expected)).toEqual(expected);
  });

  it.each([
    ['2022-04-24', []],
    ['2022-04-25', ['1']],
    ['2022-05-24', ['1']],
    ['2022-05-25', ['2']],
    ['2022-06-25', ['3']],
  ])('expects nothing that is not due when %s is the last day that is over', async (last, expected) => {
    const over = { units: units.slice(0, 1), assessments: [assessed('2022-04-01'), assessed(last)] };
    for (const given of [{}, { day: '2022-12-31' }]) {
      const rows = await answer('timeliness-ranking', over, given);
      expect(rows.map((row) => row.expected)).toEqual(expected);
    }
  });

  it('counts a report as on time when it was received by the end of the day in Vietnam', async () => {
    const rows = await answer(
      'timeliness-ranking',
      {
        units,
        assessments,
        submissions: [submission({}), submission({ unit_id: '01' })],
        points: [
          april({ received_at: '2022-04-25 16:59:59.999' }),
          april({ unit_id: '01', received_at: '2022-04-25 17:00:00' }),
        ],
      },
      { day: '2022-05-24' },
    );
    expect(rows.map(({ place, unit_id, received, on_time }) => [place, unit_id, received, on_time])).toEqual([
      ['1', '74', '1', '1'],
      ['2', '01', '1', '0'],
      ['3', 'BTTTT', '0', '0'],
    ]);
    expect(rows[0]).toMatchObject({ expected: '1', on_time_percentage: 100 });
  });

  it.each([
    ['the day before it was accepted', '2022-04-29', '0'],
    ['the day it was accepted', '2022-04-30', '1'],
    ['the day it was withdrawn', '2022-05-01', '0'],
  ])('counts a file from its acceptance until its withdrawal: %s', async (_, day, received) => {
    const rows = await answer(
      'timeliness-ranking',
      {
        units: units.slice(1, 2),
        assessments,
        submissions: [
          submission({ accepted_at: '2022-04-30 01:00:00', withdrawn_at: '2022-05-01 01:00:00' }),
        ],
        points: [april({ known_to: '2022-04-30 02:00:00' })],
      },
      { day },
    );
    expect(rows.map((row) => row.received)).toEqual([received]);
  });

  it('gives the same place to units that are alike', async () => {
    const rows = await answer('timeliness-ranking', { units, assessments });
    expect(rows.map(({ place }) => place)).toEqual(['1', '1', '1']);
  });
});

describe('corrections', () => {
  const submissions: Row[] = [
    { unit_id: '74', submission_id: 'S1', requested_by: 'an' },
    {
      unit_id: '74',
      submission_id: 'S2',
      requested_by: 'binh',
      withdrawn_at: '2022-07-03 00:00:00',
      withdrawn_by: 'chi',
      withdrawal_reason: 'Nhầm kỳ',
    },
  ];
  const first = point({ ...ratio(1, 2), known_from: '2022-06-25 00:00:00', known_to: '2022-07-01 00:00:00' });
  const second = {
    submission_id: 'S2',
    known_from: '2022-07-01 00:00:00',
    known_to: '2022-07-03 00:00:00',
  };
  const again = point({ ...ratio(1, 2), known_from: '2022-07-03 00:00:00' });

  it('tells of a correction and of its withdrawal, the latest first', async () => {
    const points = [first, point({ ...ratio(2, 2), ...second }), again];
    const rows = await answer('corrections', { submissions, points });
    expect(
      rows.map((row) => [
        row.changed_at,
        row.act,
        Number(row.value_before),
        Number(row.value_after),
        row.changed_by,
        row.reason,
      ]),
    ).toEqual([
      ['2022-07-03 00:00:00', 'withdrawn', 100, 50, 'chi', 'Nhầm kỳ'],
      ['2022-07-01 00:00:00', 'corrected', 50, 100, 'binh', null],
    ]);
  });

  it('takes the same figure sent again for no correction, its withdrawal for one', async () => {
    const points = [first, point({ ...ratio(1, 2), ...second }), again];
    const rows = await answer('corrections', { submissions, points });
    expect(rows.map(({ act }) => act)).toEqual(['withdrawn']);
  });

  it('tells of a withdrawal that leaves nothing', async () => {
    const rows = await answer('corrections', { submissions, points: [point({ value: 3, ...second })] });
    expect(rows).toMatchObject([{ act: 'withdrawn', value_after: null, submission_after: null }]);
  });

  it('leaves out a figure that never was current', async () => {
    const never = { known_from: '2022-07-01 00:00:00', known_to: '2022-07-01 00:00:00' };
    expect(await answer('corrections', { submissions, points: [point({ value: 3, ...never })] })).toEqual([]);
  });

  it.each([
    ['2022-07-02', 1],
    ['2022-07-03', 1],
    ['2022-07-04', 0],
  ])('begins with %s in Vietnam', async (day, count) => {
    const points = [point({ value: 3, ...second })];
    expect(await answer('corrections', { submissions, points }, { since: day })).toHaveLength(count);
    expect(await answer('corrections', { submissions, points }, { since: day, unit: '01' })).toEqual([]);
  });
});

describe('every named query', () => {
  it.each(queries)('$name says what each of its columns means', async (query) => {
    const memory = await memoryTables({});
    const answered = await memory.ask(`describe ${fillQuery(query)}`).finally(memory.close);
    expect(answered.map(({ column_name }) => column_name)).toEqual(query.columns.map(({ name }) => name));
  });
});
