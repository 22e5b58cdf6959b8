import { describe, expect, it } from 'vitest';
import directiveJson from '../../shared/catalogue/directive.json' with { type: 'json' };
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import unitsJson from '../../shared/catalogue/units.json' with { type: 'json' };
import {
  catalogueSchema,
  type Due,
  dueOf,
  indicatorsOf,
  type Target,
} from '../../shared/domain/catalogue.ts';

const catalogue = loadCatalogue();
const taskOf = (ref: string) => catalogue.tasks.find((task) => task.ref === ref);
const assignedOf = (id: string) =>
  catalogue.tasks
    .flatMap((task) => task.indicators.map((indicator) => ({ task, indicator })))
    .find(({ indicator }) => indicator.id === id);
const indicatorIdsOf = (ref: string) => taskOf(ref)?.indicators.map(({ id }) => id);

describe('the catalogue holds the whole directive', () => {
  it.each([
    ['1', 17],
    ['2', 6],
    ['3', 4],
    ['4', 3],
    ['5', 2],
    ['6', 1],
    ['7', 2],
    ['I', 44],
    ['II', 63],
  ])('section %s has %i tasks', (section, count) => {
    expect(catalogue.tasks.filter(({ ref }) => ref.split('.')[0] === section)).toHaveLength(count);
  });

  it('has 142 tasks and 149 indicators, each with a plain ASCII id of its own', () => {
    const ids = catalogue.tasks.flatMap(({ indicators }) => indicators.map(({ id }) => id));
    expect(catalogue.tasks).toHaveLength(142);
    expect(ids).toHaveLength(149);
    expect(new Set(ids).size).toBe(149);
    expect(ids.filter((id) => !/^(I\.|II\.)?\d{1,2}(\.[a-eg-il-rk]|\.dd)?\.\d$/.test(id))).toEqual([]);
  });

  it('letters section 1 in the Vietnamese order, đ written dd', () => {
    const refs = catalogue.tasks.filter(({ owner }) => owner === '*').map(({ ref }) => ref);
    expect(refs.join(' ')).toBe('1.a 1.b 1.c 1.d 1.dd 1.e 1.g 1.h 1.i 1.k 1.l 1.m 1.n 1.o 1.p 1.q 1.r');
  });

  it('keeps Appendix II in the order of the text, one task a province', () => {
    const tasks = catalogue.tasks.filter(({ ref }) => ref.startsWith('II.'));
    expect(tasks.map(({ ref }) => ref)).toEqual(Array.from({ length: 63 }, (_, index) => `II.${index + 1}`));
    expect(new Set(tasks.map(({ owner }) => owner)).size).toBe(63);
  });

  it('gives Appendix I its 30 agencies in the order of their ids', () => {
    const owners = catalogue.tasks.filter(({ ref }) => ref.startsWith('I.')).map(({ owner }) => owner);
    const agencies = catalogue.units.filter(({ kind }) => kind === 'agency').map(({ id }) => id);
    expect([...new Set(owners)]).toEqual(agencies);
  });

  it('gives every unit an indicator of its own beside the 17 of everybody', () => {
    for (const { id } of catalogue.units) expect(indicatorsOf(catalogue, id).length, id).toBeGreaterThan(17);
  });
});

const floor = (value: number): Target => ({ op: 'at-least', value });
const above = (value: number): Target => ({ op: 'more-than', value });

describe('targets', () => {
  const numeric: [id: string, kind: string, target: Target][] = [
    ['2.d.1', 'count', floor(10_000)],
    ['3.c.1', 'percent', floor(50)],
    ['3.c.2', 'percent', floor(100)],
    ['I.10.c.1', 'count', floor(10_000)],
    ['II.3.1', 'percent', { op: 'range', value: 65, high: 70 }],
    ['II.6.1', 'percent', floor(100)],
    ['II.7.1', 'percent', { op: 'range', value: 10, high: 12 }],
    ['II.7.2', 'growth', { op: 'about', value: 25 }],
    ['II.8.1', 'percent', floor(100)],
    ['II.9.1', 'percent', floor(100)],
    ['II.12.1', 'percent', above(90)],
    ['II.14.1', 'percent', above(50)],
    ['II.19.1', 'percent', floor(100)],
    ['II.19.2', 'percent', floor(100)],
    ['II.23.1', 'percent', floor(70)],
    ['II.23.2', 'percent', floor(100)],
    ['II.23.3', 'percent', floor(85)],
    ['II.35.1', 'percent', floor(50)],
    ['II.38.1', 'percent', above(50)],
    ['II.39.1', 'percent', floor(100)],
    ['II.40.1', 'percent', floor(7)],
    ['II.43.1', 'percent', floor(100)],
    ['II.45.1', 'percent', floor(100)],
    ['II.47.1', 'percent', above(70)],
    ['II.48.1', 'percent', floor(50)],
    ['II.50.1', 'percent', floor(70)],
    ['II.50.2', 'percent', floor(100)],
    ['II.50.3', 'percent', floor(85)],
    ['II.53.1', 'percent', floor(7)],
    ['II.56.1', 'percent', floor(7)],
    ['II.61.1', 'percent', floor(7)],
    ['II.62.1', 'percent', floor(100)],
    ['II.63.1', 'percent', floor(70)],
  ];

  it.each(numeric)('%s is a %s with the target %o', (id, kind, target) => {
    const indicator = assignedOf(id)?.indicator;
    expect(indicator?.kind).toBe(kind);
    expect(indicator?.target).toEqual(target);
  });

  it('every other indicator is a milestone to be completed, the only one of its task', () => {
    const ids = new Set(numeric.map(([id]) => id));
    const others = catalogue.tasks.filter(({ indicators }) => !indicators.some(({ id }) => ids.has(id)));
    expect(others).toHaveLength(116);
    for (const { ref, indicators } of others) {
      expect(indicators, ref).toHaveLength(1);
      expect(indicators[0], ref).toMatchObject({ kind: 'milestone', target: { op: 'at-least', value: 100 } });
    }
  });

  it.each([
    ['2.d', 1],
    ['3.c', 2],
    ['II.7', 2],
    ['II.19', 2],
    ['II.23', 3],
    ['II.47', 1],
    ['II.50', 3],
    ['II.63', 1],
  ])('%s has exactly its %i numbers as indicators, no milestone beside them', (ref, count) => {
    expect(indicatorIdsOf(ref)).toEqual(Array.from({ length: count }, (_, index) => `${ref}.${index + 1}`));
    expect(taskOf(ref)?.indicators.some(({ kind }) => kind === 'milestone')).toBe(false);
  });

  it.each(['1.d.1', '1.h.1', 'I.1.1', 'I.9.a.1', 'I.16.1', 'I.10.a.1'])(
    '%s stays a milestone: the numbers in its text are no targets',
    (id) => {
      expect(assignedOf(id)?.indicator.kind).toBe('milestone');
    },
  );

  it.each(['II.39.1', 'II.45.1'])('%s says that “over 100 %%” was read as at least 100', (id) => {
    expect(assignedOf(id)?.indicator.note).toContain('trên 100%');
  });

  it('names numerator and denominator of every percentage and of nothing else', () => {
    for (const { id, kind, numerator, denominator } of catalogue.tasks.flatMap(
      ({ indicators }) => indicators,
    )) {
      expect([numerator !== undefined, denominator !== undefined], id).toEqual(
        Array(2).fill(kind === 'percent'),
      );
    }
  });
});

describe('due dates', () => {
  const by = (date: string): Due => ({ type: 'date', date });
  it.each<[string, Due]>([
    ['1.a.1', by('2022-06-30')],
    ['1.b.1', by('2022-05-31')],
    ['1.h.1', by('2022-04-30')],
    ['1.q.1', { type: 'annual', month: 10 }],
    ['1.r.1', { type: 'none' }],
    ['2.a.1', { type: 'annual', month: 12 }],
    ['2.b.1', { type: 'monthly' }],
    ['2.c.1', { type: 'annual', month: 9 }],
    ['2.d.1', by('2022-10-31')],
    ['2.e.1', { type: 'annual', month: 5 }],
    ['3.c.1', by('2022-12-31')],
    ['3.c.2', by('2023-12-31')],
    ['4.b.1', { type: 'annual', month: 8 }],
    ['4.c.1', { type: 'none' }],
    ['5.a.1', { type: 'annual', month: 8 }],
    ['5.b.1', { type: 'none' }],
    ['6.1', { type: 'per-plan' }],
    ['7.b.1', { type: 'ongoing' }],
    ['I.2.1', { type: 'per-plan' }],
    ['I.3.1', { type: 'per-plan' }],
    ['I.4.1', { type: 'per-plan' }],
    ['I.5.c.1', by('2022-03-31')],
    ['I.7.a.1', { type: 'per-plan' }],
    ['I.10.c.1', by('2022-10-31')],
    ['I.16.1', by('2022-08-31')],
    ['I.20.1', { type: 'per-plan' }],
    ['II.4.1', by('2022-09-30')],
    ['II.5.1', by('2022-08-31')],
    ['II.9.1', by('2022-06-30')],
    ['II.21.1', by('2022-06-30')],
    ['II.59.1', by('2022-06-30')],
    ['II.63.1', by('2022-12-31')],
  ])('%s is due %o', (id, due) => {
    const found = assignedOf(id);
    expect(found && dueOf(found)).toEqual(due);
  });

  it.each([
    ['annual', 6],
    ['monthly', 1],
    ['per-plan', 6],
    ['ongoing', 1],
    ['none', 3],
    ['date', 125],
  ])('the due dates of type %s are %i', (type, count) => {
    expect(catalogue.tasks.filter(({ due }) => due.type === type)).toHaveLength(count);
  });

  it.each([
    ['2022-03-31', 11],
    ['2022-04-30', 10],
    ['2022-05-31', 4],
    ['2022-06-30', 58],
    ['2022-08-31', 3],
    ['2022-09-30', 10],
    ['2022-10-31', 7],
    ['2022-12-31', 22],
  ])('%s is the due date of %i tasks', (date, count) => {
    expect(catalogue.tasks.filter(({ due }) => due.type === 'date' && due.date === date)).toHaveLength(count);
  });

  it('only targets with a date of their own carry one: 3.c and Yên Bái', () => {
    const own = catalogue.tasks.flatMap(({ indicators }) =>
      indicators.filter(({ due }) => due).map(({ id }) => id),
    );
    expect(own).toEqual(['3.c.1', '3.c.2', 'II.63.1']);
    expect(taskOf('II.63')?.due).toEqual(by('2022-06-30'));
  });
});

describe('coordinating bodies', () => {
  it.each([
    ['I.5.c', ['BCA']],
    ['I.7.a', ['BTTTT', 'BCA']],
    ['I.10.a', []],
    ['I.10.b', ['Các bộ, ngành, địa phương']],
    ['I.18.b', ['BTTTT', 'UBND các tỉnh, thành phố trực thuộc Trung ương']],
    ['I.21.b', ['Các bộ, ngành, địa phương']],
    ['II.1', ['BCA', 'VPCP', 'BTTTT']],
    ['II.7', ['BCT', 'BTC', 'BTTTT']],
    ['II.11', ['BTTTT', 'BLDTBXH']],
    ['II.52', ['BNNPTNT', 'BTTTT']],
  ])('of %s are %o, in the order of the text', (ref, bodies) => {
    expect(taskOf(ref)?.coordinators).toEqual(bodies);
  });

  it('are none in sections 1 to 7 and in I.10.a, and some everywhere else', () => {
    const without = catalogue.tasks
      .filter(({ coordinators }) => coordinators.length === 0)
      .map(({ ref }) => ref);
    expect(without.filter((ref) => ref.startsWith('I'))).toEqual(['I.10.a']);
    expect(without).toHaveLength(36);
  });

  it('are ids of agencies, or one of the two groups the text puts in words', () => {
    const agencies = new Set(catalogue.units.filter(({ kind }) => kind === 'agency').map(({ id }) => id));
    const words = catalogue.tasks
      .flatMap(({ coordinators }) => coordinators)
      .filter((body) => !agencies.has(body));
    expect([...new Set(words)]).toEqual([
      'Các bộ, ngành, địa phương',
      'UBND các tỉnh, thành phố trực thuộc Trung ương',
    ]);
  });
});

describe('tasks the text repeats', () => {
  it.each([
    ['2.d', 'I.10.c'],
    ['3.d', 'I.19'],
    ['4.a', 'I.5.a'],
    ['6', 'I.2'],
    ['7.a', 'I.14.a'],
    ['II.9', 'II.43'],
    ['II.4', 'II.21'],
    ['II.39', 'II.45'],
    ['II.40', 'II.61'],
  ])('%s and %s stay two tasks that name each other', (one, other) => {
    expect(taskOf(one)?.note?.match(/[I\d][\w.]*\w|\d/g)).toContain(other);
    expect(taskOf(other)?.note?.match(/[I\d][\w.]*\w|\d/g)).toContain(one);
  });

  it('say so where their deadlines differ', () => {
    expect(taskOf('II.4')?.note).toContain('tháng 6/2022 ở II.21');
    expect(taskOf('II.21')?.note).toContain('tháng 9/2022 ở II.4, II.13, II.18, II.60');
    expect(taskOf('II.9')?.note).not.toContain('Thời hạn');
  });
});

describe('the directive', () => {
  it('escalates to the Government Office what nobody met, beyond the national bodies', () => {
    expect(catalogue.directive).toMatchObject({ escalatesTo: 'VPCP', nationalBodies: ['VPCP', 'BTTTT'] });
  });

  it('expects reports for April to December 2022, due on day 25', () => {
    expect(catalogue.directive.reports).toEqual({ from: '2022-04', to: '2022-12', dueDayOfMonth: 25 });
  });
});

describe('loading', () => {
  const file = { ...directiveJson, units: unitsJson };

  it('parses once and hands out the same catalogue', () => {
    expect(loadCatalogue()).toBe(catalogue);
  });

  it('keeps every field of the files', () => {
    expect(catalogue).toEqual(file);
  });

  it.each([
    ['an unknown owner', { ...file.tasks[0], ref: '9', owner: 'XYZ' }],
    ['a task without indicators', { ...file.tasks[0], ref: '9', indicators: [] }],
    ['a ref used twice', file.tasks[0]],
    ['a field nobody knows', { ...file.tasks[17], ref: '9', indicators: [], owners: [] }],
  ])('refuses %s', (_, task) => {
    expect(catalogueSchema.safeParse({ ...file, tasks: [...file.tasks, task] }).success).toBe(false);
  });

  it.each([['XYZ'], [undefined], ['']])('refuses a directive that escalates to %j', (escalatesTo) => {
    const directive = { ...file.directive, escalatesTo };
    expect(catalogueSchema.safeParse({ ...file, directive }).success).toBe(false);
  });

  it('is NFC text throughout', () => {
    const text = JSON.stringify(file);
    expect(text).toBe(text.normalize('NFC'));
  });
});
