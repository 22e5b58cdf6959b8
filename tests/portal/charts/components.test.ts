import { h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { BarChart } from '../../../portal/charts/bar-chart.tsx';
import { DeadlineTimeline } from '../../../portal/charts/deadline-timeline.tsx';
import { FigureChart } from '../../../portal/charts/figure-chart.tsx';
import { ProvinceMap } from '../../../portal/charts/province-map.tsx';
import { Sparkline } from '../../../portal/charts/sparkline.tsx';
import { StateBar } from '../../../portal/charts/state-bar.tsx';
import { StateMark } from '../../../portal/charts/state-mark.tsx';
import { StateMatrix } from '../../../portal/charts/state-matrix.tsx';
import { LanguageContext } from '../../../portal/language.ts';

function english<P>(picture: VNode<P>): string {
  return renderToString(
    h(LanguageContext.Provider, { value: { language: 'en', choose: () => {} } }, picture),
  );
}

function labelsOf(html: string): string[] {
  return [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, label = '']) => label);
}

function tabStops(html: string): number {
  return [...html.matchAll(/tabindex="0"/g)].length;
}

describe('the mark of a state', () => {
  it('is named in the language of the page', () => {
    expect(renderToString(h(StateMark, { state: 'overdue' }))).toContain('>quá hạn<');
    expect(english(h(StateMark, { state: 'overdue' }))).toContain('>overdue<');
  });

  it('keeps its name for screen readers where it is hidden', () => {
    expect(renderToString(h(StateMark, { state: 'met', isNameHidden: true }))).toContain(
      '<span class="visually-hidden">đạt</span>',
    );
  });
});

describe('the bar of states', () => {
  it('says its numbers, without the states that do not occur', () => {
    const html = renderToString(
      h(StateBar, { label: 'Cả nước', counts: { met: 1200, overdue: 3, awaited: 0 } }),
    );
    expect(labelsOf(html)).toEqual(['Cả nước: 1.200 đạt, 3 quá hạn']);
    expect(html).not.toContain('chờ số liệu');
  });

  it('says that there is nothing', () => {
    expect(labelsOf(english(h(StateBar, { label: 'Nation', counts: {}, isCompact: true })))).toEqual([
      'Nation: none',
    ]);
  });
});

describe('the map', () => {
  const states = new Map([
    ['74', { state: 'overdue', label: 'Bình Dương', detail: '2 quá hạn' }],
    ['48', { state: 'met', label: 'Đà Nẵng' }],
    ['20', { state: null, label: 'Lạng Sơn' }],
  ] as const);
  const html = renderToString(
    h(ProvinceMap, { states, legend: 'Tình trạng', selected: '74', onSelect: () => {} }),
  );

  it('names every province it knows, and is one tab stop at the selected one', () => {
    expect(labelsOf(html)).toEqual(
      expect.arrayContaining([
        'Bình Dương: quá hạn. 2 quá hạn',
        'Đà Nẵng: đạt',
        'Lạng Sơn: không có nghĩa vụ',
      ]),
    );
    expect(tabStops(html)).toBe(1);
    expect(html).toMatch(/data-unit="74" role="button" tabindex="0"[^>]*aria-pressed="true"/);
  });

  it('names the archipelagos and the source', () => {
    expect(html).toContain('Quần đảo Hoàng Sa<br/>(Đà Nẵng)');
    expect(html).toContain('Quần đảo Trường Sa<br/>(Khánh Hòa)');
    expect(html).toContain('CC BY 4.0');
  });

  it('offers nothing to press where nothing can be chosen', () => {
    expect(renderToString(h(ProvinceMap, { states, legend: 'Tình trạng' }))).not.toContain('role="button"');
  });
});

describe('the chart of figures', () => {
  const series = {
    label: 'II.9.1 Bình Dương',
    kind: 'percent',
    target: { op: 'at-least', value: 100 },
    figures: [{ day: '2022-06-15', value: '98.70' }],
    due: '2022-06-30',
    projection: '99.10',
    today: '2022-06-16',
  } as const;

  it('says in a sentence what it shows, decimals as the language writes them', () => {
    expect(labelsOf(renderToString(h(FigureChart, series)))[0]).toBe(
      'II.9.1 Bình Dương. 15/06/2022: 98,70 %. Mục tiêu ≥ 100 %. Hạn 30/06/2022. Dự báo 99,10 %',
    );
    expect(labelsOf(english(h(FigureChart, series)))[0]).toContain('Projection 99.10 %');
  });

  it('has its figures in a table', () => {
    expect(renderToString(h(FigureChart, series))).toMatch(
      /<th scope="row">15\/06\/2022<\/th><td[^>]*>98,70 %<\/td>/,
    );
  });

  it('writes counts without decimals', () => {
    const counted = { ...series, kind: 'count', target: { op: 'at-least', value: 10000 } } as const;
    const html = renderToString(
      h(FigureChart, { ...counted, figures: [{ day: '2022-06-15', value: '9800.00' }] }),
    );
    expect(html).toContain('9.800<');
    expect(html).toContain('Mục tiêu ≥ 10.000');
  });

  it('says that nothing is reported, and has no empty table', () => {
    const html = renderToString(h(FigureChart, { ...series, figures: [], projection: null }));
    expect(html).toContain('>Chưa có số liệu<');
    expect(html).not.toContain('<table');
  });
});

describe('the timeline', () => {
  const deadlines = [
    { day: '2022-06-30', counts: { met: 3, overdue: 1 } },
    { day: '2022-05-31', counts: { 'met-late': 2 } },
    { day: '2022-10-31', counts: { awaited: 1 } },
  ];
  const html = renderToString(
    h(DeadlineTimeline, { deadlines, today: '2022-06-20', label: 'Thời hạn', onSelect: () => {} }),
  );

  it('names each due date with its states', () => {
    expect(labelsOf(html)).toEqual(
      expect.arrayContaining([
        '30/06/2022: 3 đạt, 1 quá hạn',
        '31/05/2022: 2 đạt muộn',
        '31/10/2022: 1 chờ số liệu',
      ]),
    );
  });

  it('is one tab stop, at the next due date, beside that of its table', () => {
    expect(html).toMatch(/data-day="2022-06-30" role="button" tabindex="0"/);
    expect(tabStops(html)).toBe(2);
  });
});

describe('the matrix', () => {
  const html = renderToString(
    h(StateMatrix, {
      caption: 'Tình trạng',
      rowHeading: 'Đơn vị',
      columns: [
        { id: '1.a.1', label: '1.a', title: 'Kế hoạch' },
        { id: 'own', label: 'Riêng', title: 'Nhiệm vụ riêng' },
      ],
      rows: [
        { id: '01', label: 'Hà Nội', cells: new Map([['own', { state: 'awaited', note: '0/2' } as const]]) },
        { id: '74', label: 'Bình Dương', cells: new Map([['1.a.1', { state: 'overdue' } as const]]) },
      ],
      hrefOf: (unit, column) => `/units/${unit}/${column}`,
    }),
  );

  it('is a table of links, each named by unit, indicator and state', () => {
    expect(html).toMatch(/<a href="\/units\/74\/1\.a\.1"[^>]*aria-label="Bình Dương, 1\.a: quá hạn"/);
    expect(html).toContain('aria-label="Hà Nội, Riêng: 0/2 chờ số liệu"');
    expect(html).toContain('<th scope="row">Hà Nội</th><td></td>');
  });

  it('has one tab stop among its cells: the first that is owed', () => {
    expect(html).toMatch(/data-cell="0,1" tabindex="0"/);
    expect(tabStops(html.slice(html.indexOf('<table')))).toBe(1);
  });
});

describe('the small pictures', () => {
  it('tell a trend in words, or show nothing', () => {
    const first = { day: '2022-04-30', value: '61.20' };
    const last = { day: '2022-06-15', value: '98.70' };
    expect(labelsOf(renderToString(h(Sparkline, { figures: [first, last], unitSign: ' %' })))).toEqual([
      'từ 61,20 % (30/04/2022) đến 98,70 % (15/06/2022)',
    ]);
    expect(labelsOf(renderToString(h(Sparkline, { figures: [last] })))).toEqual(['98,70 (15/06/2022)']);
    expect(renderToString(h(Sparkline, { figures: [] }))).toBe('');
  });

  it('write each category with its number in a table', () => {
    const html = renderToString(
      h(BarChart, {
        caption: 'Quá hạn',
        headings: ['Đơn vị', 'Số nghĩa vụ'],
        entries: [{ label: '<b>Bộ Công an</b>', value: '1230.5' }],
      }),
    );
    expect(html).toContain('<th scope="row">&lt;b>Bộ Công an&lt;/b></th>');
    expect(html).toContain('1.230,5');
  });
});
