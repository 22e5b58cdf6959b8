import { describe, expect, it } from 'vitest';
import { layOutBars } from '../../../portal/charts/bar-geometry.ts';
import { dayTicks } from '../../../portal/charts/day-scale.ts';
import { type FigureSeries, layOutFigures } from '../../../portal/charts/figure-geometry.ts';
import { cellAfterKey } from '../../../portal/charts/matrix-movement.ts';
import { layOutSparkline } from '../../../portal/charts/sparkline-geometry.ts';
import { presentStates, stateOrder, worstState } from '../../../portal/charts/state-order.ts';
import { barGap, layOutTimeline, spreadOut } from '../../../portal/charts/timeline-geometry.ts';
import { states } from '../../../shared/domain/assessment.ts';

describe('ticks of a time axis', () => {
  const labels = (...axis: Parameters<typeof dayTicks>) => dayTicks(...axis).map(({ label }) => label);

  it('are months, the year where it changes', () => {
    expect(labels('2022-10-15', '2023-02-15', 10, 'vi')).toEqual(['T11/2022', 'T12', 'T1/2023', 'T2']);
    expect(labels('2022-10-15', '2023-02-15', 10, 'en')).toEqual(['Nov 2022', 'Dec', 'Jan 2023', 'Feb']);
  });

  it('are never more than there is room for', () => {
    expect(labels('2022-01-01', '2022-12-31', 12, 'vi')).toHaveLength(12);
    expect(labels('2022-01-01', '2022-12-31', 11, 'vi')).toEqual(['T1/2022', 'T3', 'T5', 'T7', 'T9', 'T11']);
    expect(labels('2022-01-01', '2022-12-31', 0, 'vi')).toEqual([]);
  });

  it('are days where the time is 62 days or less', () => {
    expect(labels('2022-05-01', '2022-07-02', 3, 'vi')).toEqual(['01/05', '22/05', '12/06']);
    expect(labels('2022-05-01', '2022-07-03', 3, 'vi')).toEqual(['T5/2022', 'T6', 'T7']);
  });
});

describe('a figure chart', () => {
  const series: FigureSeries = {
    kind: 'percent',
    target: { op: 'at-least', value: 100 },
    figures: [
      { day: '2022-04-30', value: '70.00' },
      { day: '2022-05-31', value: '80.00' },
    ],
    due: '2022-06-30',
    projection: '90.00',
    today: '2022-06-16',
  };
  const layOut = (changed: Partial<FigureSeries> = {}) =>
    layOutFigures({ ...series, ...changed }, 640, 300, 'vi');

  it('draws its points from left to right, the greater the higher, up to the target at the top', () => {
    const { points, target, plot } = layOut();
    const [first, second] = points;
    expect(first?.x).toBeLessThan(second?.x ?? 0);
    expect(first?.y).toBeGreaterThan(second?.y ?? 0);
    expect(target.y).toBe(plot.top);
  });

  it('goes on from the last point to the projection on the due date', () => {
    const { projection, due, points } = layOut();
    expect(projection?.end.x).toBe(due);
    expect(projection?.end.y).toBeLessThan(points[1]?.y ?? 0);
  });

  it.each([
    ['the last figure is as at the due date', { due: '2022-05-31' }],
    ['nothing is projected', { projection: null }],
    ['there is no due date', { due: null }],
    ['nothing is reported', { figures: [] }],
  ])('draws no projection where %s', (_, changed) => {
    expect(layOut(changed).projection).toBeNull();
  });

  it('projects from a figure as at the day before the due date', () => {
    expect(layOut({ due: '2022-06-01' }).projection).not.toBeNull();
  });

  it.each([
    ['begins at 0 when a share lies below 50', '49.99', 0],
    ['begins near the figures when all lie from 50 up', '70.00', 60],
  ])('%s', (_, value, lowest) => {
    const { valueTicks } = layOut({ figures: [{ day: '2022-04-30', value }] });
    expect(valueTicks[0]?.value).toBe(lowest);
    expect(valueTicks.at(-1)?.value).toBe(100);
  });

  it('writes the last value above a rising line, below a falling one, and away from the top', () => {
    const lastOf = (values: readonly [string, string], target = 100) => {
      const figures = values.map((value, index) => ({ day: `2022-0${index + 4}-30`, value }));
      const { values: places, points } = layOut({
        figures,
        due: null,
        projection: null,
        target: { op: 'at-least', value: target },
        today: '2022-05-30',
      });
      return (places.last?.y ?? 0) < (points[1]?.y ?? 0) ? 'above' : 'below';
    };
    expect(lastOf(['60.00', '75.00'])).toBe('above');
    expect(lastOf(['75.00', '60.00'])).toBe('below');
    expect(lastOf(['60.00', '98.00'])).toBe('below');
    expect(lastOf(['60.00', '75.00'], 77)).toBe('below');
  });

  it('moves the last value a line away from that of the projection where they would touch', () => {
    const apart = ({ last, projection }: ReturnType<typeof layOut>['values']) =>
      Math.abs((last?.y ?? 0) - (projection?.y ?? 0));
    expect(apart(layOut({ due: '2022-06-01', projection: '81.00' }).values)).toBe(18);
    const far = layOut({ due: '2022-12-31', projection: '81.00' });
    expect(far.values.last?.y).toBe((far.points[1]?.y ?? 0) + 22);
    expect(layOut({ projection: null }).values.projection).toBeNull();
  });

  it('gives a range its high end', () => {
    const { target } = layOut({ target: { op: 'range', value: 65, high: 70 } });
    expect(target.highY).toBeLessThan(target.y);
    expect(layOut().target.highY).toBeNull();
  });

  it('keeps everything within the picture, also without figures', () => {
    for (const figures of [series.figures, []]) {
      const { plot, today, due, points } = layOut({ figures });
      for (const x of [today, due ?? 0, ...points.map((point) => point.x)]) {
        expect(x).toBeGreaterThan(plot.left);
        expect(x).toBeLessThan(plot.right);
      }
    }
  });
});

describe('a timeline', () => {
  const plot = { top: 50, bottom: 250 };
  const deadlines = [
    { day: '2022-06-30', counts: { met: 3, overdue: 1 } },
    { day: '2022-04-30', counts: { met: 2 } },
    { day: '2022-07-01', counts: { 'at-risk': 1 } },
  ];

  it('orders due dates and keeps them apart', () => {
    const { bars } = layOutTimeline(deadlines, '2022-06-20', 600, plot);
    expect(bars.map(({ day }) => day)).toEqual(['2022-04-30', '2022-06-30', '2022-07-01']);
    expect((bars[2]?.x ?? 0) - (bars[1]?.x ?? 0)).toBeGreaterThanOrEqual(barGap);
  });

  it('stacks states upwards from the base, heights in proportion', () => {
    const { bars } = layOutTimeline(deadlines, '2022-06-20', 600, plot);
    expect(bars[1]).toMatchObject({
      total: 4,
      top: 50,
      parts: [
        { state: 'met', y: 100, height: 150 },
        { state: 'overdue', y: 50, height: 50 },
      ],
    });
  });

  it.each([
    ['2022-06-29', 'before'],
    ['2022-06-30', 'at'],
    ['2022-07-01', 'after'],
  ])('puts %s %s the due date of 30 June', (today, place) => {
    const layout = layOutTimeline(deadlines, today, 600, plot);
    const order = Math.sign(layout.today - (layout.bars[1]?.x ?? 0));
    expect(order).toBe({ before: -1, at: 0, after: 1 }[place]);
  });

  it('highlights the 30 days ahead, not the day after them', () => {
    const within = (day: string) => {
      const { bars, ahead } = layOutTimeline(
        [...deadlines, { day, counts: { met: 1 } }],
        '2022-06-20',
        900,
        plot,
      );
      const x = bars.find((bar) => bar.day === day)?.x ?? 0;
      return x >= ahead.left && x <= ahead.right;
    };
    expect(within('2022-07-20')).toBe(true);
    expect(within('2022-07-21')).toBe(false);
  });

  it('grows wider than asked where due dates need more room', () => {
    const many = Array.from({ length: 28 }, (_, index) => ({
      day: `2022-02-${String(index + 1).padStart(2, '0')}`,
      counts: { met: 1 },
    }));
    const { width, bars } = layOutTimeline(many, '2022-02-10', 600, plot);
    expect(width).toBe(27 * barGap + 64);
    expect(bars.at(-1)?.x).toBeLessThanOrEqual(width);
  });

  it('stands without any due date', () => {
    const { bars, today, ahead } = layOutTimeline([], '2022-06-20', 600, plot);
    expect(bars).toEqual([]);
    expect(today).toBe(ahead.left);
    expect(ahead.right).toBeGreaterThan(today);
  });
});

describe('places that are spread out', () => {
  it.each([
    ['stay where there is room', [0, 10, 20], [0, 10, 20]],
    ['move to the right', [0, 9, 20], [0, 10, 20]],
    ['move back from the end', [0, 95, 100], [0, 90, 100]],
    ['push one another', [0, 1, 2], [0, 10, 20]],
  ])('%s', (_, places, expected) => {
    expect(spreadOut(places, 10, [0, 100])).toEqual(expected);
  });
});

describe('a small trend', () => {
  it('rises from left to right, its target above', () => {
    const { path, end, targetY } = layOutSparkline(
      [
        { day: '2022-04-30', value: '10' },
        { day: '2022-05-31', value: '20' },
      ],
      30,
      100,
      28,
    );
    expect(path).toBe('M4,24L96,14');
    expect(end).toEqual({ x: 96, y: 14 });
    expect(targetY).toBe(4);
  });

  it('is a point in the middle for one figure', () => {
    expect(layOutSparkline([{ day: '2022-04-30', value: '10' }], null, 100, 28).end).toEqual({
      x: 50,
      y: 14,
    });
  });
});

describe('bars', () => {
  it.each([
    [
      [50, 100],
      0,
      [
        { left: 0, width: 50 },
        { left: 0, width: 100 },
      ],
    ],
    [
      [-25, 75],
      25,
      [
        { left: 0, width: 25 },
        { left: 25, width: 75 },
      ],
    ],
    [
      [0, 0],
      0,
      [
        { left: 0, width: 0 },
        { left: 0, width: 0 },
      ],
    ],
    [
      [0, 10],
      0,
      [
        { left: 0, width: 0 },
        { left: 0, width: 100 },
      ],
    ],
  ])('of %j stand on 0', (values, zero, bars) => {
    expect(layOutBars(values)).toEqual({ zero, bars });
  });
});

describe('a key in the matrix', () => {
  const size = { rows: 3, columns: 4 };
  const holes = new Set(['1,1', '1,2', '0,0', '2,3']);
  const canEnter = ({ row, column }: { row: number; column: number }) => !holes.has(`${row},${column}`);
  const press = (key: string, ctrlKey = false) =>
    cellAfterKey({ row: 1, column: 0 }, { key, ctrlKey }, size, canEnter);

  it.each([
    ['ArrowRight', false, { row: 1, column: 3 }],
    ['ArrowLeft', false, undefined],
    ['ArrowUp', false, undefined],
    ['ArrowDown', false, { row: 2, column: 0 }],
    ['Home', false, { row: 1, column: 0 }],
    ['End', false, { row: 1, column: 3 }],
    ['Home', true, { row: 0, column: 1 }],
    ['End', true, { row: 2, column: 2 }],
    ['a', false, undefined],
  ])('%s (Ctrl: %s) leads over cells that are not owed to %j', (key, ctrlKey, expected) => {
    expect(press(key, ctrlKey)).toEqual(expected);
  });
});

describe('states in pictures', () => {
  it('are all of them, once', () => {
    expect([...stateOrder].sort()).toEqual([...states].sort());
  });

  it('leave out what does not occur, and know the worst', () => {
    expect(presentStates({ overdue: 1, met: 2, awaited: 0 })).toEqual([
      { state: 'met', count: 2 },
      { state: 'overdue', count: 1 },
    ]);
    expect(worstState({ overdue: 0, met: 2, 'at-risk': 1 })).toBe('at-risk');
    expect(worstState({})).toBeUndefined();
  });
});
