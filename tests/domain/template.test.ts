import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { addDays, atHour, dayOf, endOfDay, startOfDay } from '../../shared/domain/calendar.ts';
import { type IndicatorKind, indicatorsOf } from '../../shared/domain/catalogue.ts';
import { byteOrderMark } from '../../shared/domain/csv-writer.ts';
import { checkFile } from '../../shared/domain/intake/check-file.ts';
import { fieldOf, isOwnColumn } from '../../shared/domain/intake/columns.ts';
import { type Delimiter, delimiters } from '../../shared/domain/intake/csv-layout.ts';
import { CsvReader } from '../../shared/domain/intake/csv-reader.ts';
import { buildTemplate, templatePeriod } from '../../shared/domain/template.ts';
import { sourceOf } from './intake/sources.ts';

const catalogue = loadCatalogue();
const areas = loadAreas();
const asOf = atHour('2022-06-15', 9);

/** The cells of a template, its header first. */
function cellsOf(unitId: string, at = asOf, separator: Delimiter = ';'): string[][] {
  const text = buildTemplate(catalogue, unitId, at, { separator });
  const reader = new CsvReader(separator);
  return [...reader.write(text.slice(byteOrderMark.length)), ...reader.end()].map(({ cells }) => cells);
}

/** One cell of each row under a column. */
function columnOf([header = [], ...rows]: readonly string[][], name: string): string[] {
  const index = header.indexOf(name);
  expect(index).toBeGreaterThanOrEqual(0);
  return rows.map((cells) => cells[index] ?? '');
}

describe('the template of a unit', () => {
  it.each(catalogue.units)(
    '$id has exactly the indicators of $name, each once, in the order of the text',
    ({ id }) => {
      expect(columnOf(cellsOf(id), 'Mã chỉ tiêu').map((cell) => cell.trim())).toEqual(
        indicatorsOf(catalogue, id).map(({ indicator }) => indicator.id),
      );
    },
  );

  it('begins as Excel in Vietnam wants it: a mark, semicolons, Windows line ends', () => {
    const text = buildTemplate(catalogue, '74', asOf, { separator: ';' });
    expect(text.startsWith('\ufeffMã chỉ tiêu;tiendo: nội dung;Kỳ báo cáo;Mã địa bàn;Tử số;')).toBe(true);
    expect(text).toMatch(/\r\n1\.a\.1;[^;\r\n]+;Tháng 6\/2022;;;;;;;;[^\r\n]+\r\n/);
    expect(text).toMatch(
      /\r\nII\.9\.1;Tỷ lệ hộ gia đình có địa chỉ số;Tháng 6\/2022;;;;;;;;≥ 100 %;30\/06\/2022;[^\r\n]+\r\n$/,
    );
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toBe(text.normalize('NFC'));
  });

  it.each(['74', 'BTTTT', 'BCA'])('of %s names only columns we know and our own, each once', (unitId) => {
    const [header = []] = cellsOf(unitId);
    const fields = header.filter((name) => !isOwnColumn(name)).map(fieldOf);
    expect(fields).not.toContain(undefined);
    expect(new Set(fields).size).toBe(fields.length);
    expect(fields.includes('area')).toBe(unitId === '74');
  });

  it('says what to count and what is to be reached', () => {
    const cells = cellsOf('74');
    expect(columnOf(cells, 'tiendo: mục tiêu').at(-1)).toBe('≥ 100 %');
    expect(columnOf(cells, 'tiendo: mục tiêu')[0]).toBe('hoàn thành');
    expect(columnOf(cells, 'tiendo: thời hạn').at(-1)).toBe('30/06/2022');
    expect(columnOf(cells, 'tiendo: cách điền').at(-1)).toBe(
      'Tử số: Số hộ gia đình đã có địa chỉ số. Mẫu số: Tổng số hộ gia đình. Nếu không có, ghi tỷ lệ % vào Giá trị.',
    );
    expect(columnOf(cells, 'tiendo: cách điền')[0]).toMatch(/^Chưa xong: .+ Đã xong: .+/);
  });

  it.each([
    [endOfDay('2022-05-31'), '2022-05'],
    [startOfDay('2022-06-01'), '2022-06'],
    [endOfDay('2022-06-25'), '2022-06'],
    [startOfDay('2022-06-26'), '2022-06'],
    [endOfDay('2022-06-30'), '2022-06'],
    [startOfDay('2022-07-01'), '2022-07'],
    [endOfDay('2022-12-31'), '2022-12'],
    [startOfDay('2023-01-01'), '2023-01'],
  ])('at %s is for the month running in Vietnam, %s', (at, period) => {
    expect(templatePeriod(at)).toBe(period);
    const text = `Tháng ${Number(period.slice(5))}/${period.slice(0, 4)}`;
    expect(new Set(columnOf(cellsOf('74', at), 'Kỳ báo cáo'))).toEqual(new Set([text]));
  });

  it('gives Excel nothing to take for a number, a date, a time or a formula', () => {
    for (const { id } of catalogue.units) {
      const [header = [], ...rows] = cellsOf(id);
      for (const cells of rows) {
        for (const [index, cell] of cells.entries()) {
          if (cell === '' || isOwnColumn(header[index] ?? '')) continue;
          expect(cell).not.toMatch(/^[\d.,/:\-+%]+$|^\d[\d.,]*e[+-]?\d+$|^[=+\-@'\t ]|^\d+ ?[ap]m?$/i);
        }
      }
    }
  });

  it('shows the id that is digits alone behind a no-break space, which intake does not see', () => {
    const ids = columnOf(cellsOf('BCA'), 'Mã chỉ tiêu');
    expect(ids).toContain('\u00a06.1');
    expect(ids.filter((id) => id !== id.trim())).toEqual(['\u00a06.1']);
  });

  it('of an unknown unit is refused', () => {
    expect(() => buildTemplate(catalogue, '99', asOf, { separator: ';' })).toThrow(RangeError);
  });
});

/** Excel quotes what it must and adds nothing. */
const asExcelWrites = (text: string) => (/[",;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

type Filled = Record<string, string>;

/** Figures an office could write in a row, as Excel in Vietnam writes them. */
function figuresOf(kind: IndicatorKind, today: string): fc.Arbitrary<Filled> {
  const evidence = fc.constantFrom('123/BC-UBND', 'https://binhduong.example/1', '=45', '12/6');
  const percent = fc
    .integer({ min: 0, max: 10_000 })
    .map((hundredths) => `${String(hundredths / 100).replace('.', ',')}`);
  const day = fc.nat(400).map((ago) => addDays(today, -ago).split('-').reverse().join('/'));
  switch (kind) {
    case 'percent':
      return fc.oneof(
        percent.map((value) => ({ 'Giá trị': value })),
        percent.map((value) => ({ 'Giá trị': `${value}%` })),
        fc.tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 })).map(([some, all]) => ({
          'Tử số': String(Math.min(some, all)),
          'Mẫu số': String(all),
        })),
      );
    case 'count':
      return fc.nat(1e9).map((value) => ({ 'Giá trị': String(value) }));
    case 'growth':
      return fc
        .integer({ min: -9999, max: 9999 })
        .map((value) => ({ 'Giá trị': String(value / 100).replace('.', ',') }));
    case 'milestone':
      return fc.oneof(
        fc.integer({ min: 0, max: 99 }).map((value) => ({ 'Giá trị': String(value) })),
        fc.tuple(day, evidence).map(([on, by]) => ({ 'Ngày hoàn thành': on, 'Minh chứng': by })),
        evidence.map((by) => ({ 'Giá trị': '100', 'Minh chứng': by })),
      );
  }
}

describe('a template that is filled in', () => {
  it('passes the check without a warning, whatever the unit, the day, the separator and the figures', async () => {
    const scenario = fc
      .record({
        unitId: fc.constantFrom(...catalogue.units.map(({ id }) => id)),
        today: fc.nat(1000).map((days) => addDays('2021-01-01', days)),
        separator: fc.constantFrom(...delimiters),
      })
      .chain(({ unitId, today, separator }) =>
        fc.record({
          unitId: fc.constant(unitId),
          today: fc.constant(today),
          separator: fc.constant(separator),
          figures: fc.tuple(
            ...indicatorsOf(catalogue, unitId).map(({ indicator }) => figuresOf(indicator.kind, today)),
          ),
        }),
      );
    await fc.assert(
      fc.asyncProperty(scenario, async ({ unitId, today, separator, figures }) => {
        const at = startOfDay(today);
        const [header = [], ...rows] = cellsOf(unitId, at, separator);
        const filled = rows.map((cells, row) =>
          cells.map((cell, index) => figures[row]?.[header[index] ?? ''] ?? cell),
        );
        const text = [header, ...filled]
          .map((cells) => cells.map(asExcelWrites).join(separator))
          .join('\r\n');
        const check = await checkFile(sourceOf(text), { catalogue, areas, unitId, receivedAt: at });
        expect(check.issues).toEqual([]);
        expect(check).toMatchObject({ verdict: 'accepted', rows: rows.length, observations: rows.length });
        expect(check.figures.map(({ indicator, period, asAt }) => [indicator, period, asAt])).toEqual(
          indicatorsOf(catalogue, unitId).map(({ indicator }) => [
            indicator.id,
            dayOf(at).slice(0, 7),
            today,
          ]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('tells each row that was left without a figure, and nothing else', async () => {
    const text = buildTemplate(catalogue, '74', asOf, { separator: ';' });
    const { issueCounts } = await checkFile(sourceOf(text), {
      catalogue,
      areas,
      unitId: '74',
      receivedAt: asOf,
    });
    expect(issueCounts).toEqual({ 'value-required': indicatorsOf(catalogue, '74').length });
  });

  it('passes over rows of which only our own columns are left', async () => {
    const text = 'Mã chỉ tiêu;tiendo: nội dung;Kỳ;Giá trị\nII.9.1;Hộ;T6/2022;98\n;Hộ;;\n';
    const check = await checkFile(sourceOf(text), { catalogue, areas, unitId: '74', receivedAt: asOf });
    expect(check).toMatchObject({ verdict: 'accepted', rows: 1, issues: [] });
  });
});

describe('our own columns', () => {
  it.each([
    ['tiendo: nội dung', true],
    ['Tiendo: gì cũng được', true],
    ['tiendo:', true],
    ['tiendo: lỗi', true],
    ['tiendo: lỗi – Tệp có lỗi', true],
    ['TIENDO LỖI', true],
    ['Tiến độ: %', false],
    ['tiendo', false],
    ['tiendo nội dung', false],
    ['tien do: x', false],
    ['', false],
  ])('%j: %s', (name, isOurs) => {
    expect(isOwnColumn(name)).toBe(isOurs);
  });

  it.each([
    ['[{"indicator":"II.9.1","period":"2022-06","value":98,"tiendo: lỗi":"a","tiendo: nội dung":{"b":1}}]'],
    ['indicator,tiendo: x,period,value,tiendo: y\nII.9.1,a,2022-06,98,b\n'],
    ['indicator,period,value,tiendo: x\nII.9.1,2022-06,98,b\n'],
  ])('are ignored without a word: %s', async (text) => {
    const check = await checkFile(sourceOf(text), { catalogue, areas, unitId: '74', receivedAt: asOf });
    expect(check).toMatchObject({ verdict: 'accepted', observations: 1, issues: [] });
  });
});
