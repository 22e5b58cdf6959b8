import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateAreas } from '../../shared/catalogue/generate-areas.ts';
import { communesOf, districtsOf, loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';

const areas = loadAreas();
const provinceIds = loadCatalogue()
  .units.filter(({ kind }) => kind === 'province')
  .map(({ id }) => id);
const districts = provinceIds.flatMap((id) => districtsOf(id));
const communes = districts.flatMap(({ code }) => communesOf(code));

describe('areas', () => {
  it('are the 705 districts and 10,599 communes of the 63 provinces, none twice', () => {
    expect(provinceIds.filter((id) => districtsOf(id).length === 0)).toEqual([]);
    expect(new Set(districts.map(({ code }) => code)).size).toBe(705);
    expect(new Set(communes.map(({ code }) => code)).size).toBe(10_599);
  });

  it('have zero-padded codes and NFC names', () => {
    expect(districts.filter(({ code }) => !/^\d{3}$/.test(code))).toEqual([]);
    expect(communes.filter(({ code }) => !/^\d{5}$/.test(code))).toEqual([]);
    expect([...districts, ...communes].filter(({ name }) => name !== name.normalize('NFC'))).toEqual([]);
  });

  it('put district 718 and its communes in Bình Dương', () => {
    expect(areas.nameOf('718')).toBe('Thành phố Thủ Dầu Một');
    expect(areas.provinceOf('718')).toBe('74');
    expect(areas.districtOf('718')).toBeUndefined();
    expect(areas.nameOf('25741')).toBe('Phường Hiệp Thành');
    expect(areas.provinceOf('25741')).toBe('74');
    expect(areas.districtOf('25741')).toBe('718');
    expect(districtsOf('74')[0]).toEqual({ code: '718', name: 'Thành phố Thủ Dầu Một' });
  });

  it('put codes with leading zeros where they belong', () => {
    expect([areas.provinceOf('001'), areas.districtOf('00001'), areas.nameOf('00001')]).toEqual([
      '01',
      '001',
      'Phường Phúc Xá',
    ]);
  });

  it.each(['', '74', '1', '999', '99999', '0718', '718 ', 'toString', '__proto__'])(
    'know no area “%s”',
    (code) => {
      expect([areas.nameOf(code), areas.provinceOf(code), areas.districtOf(code)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    },
  );

  it('list districts and communes in the order of their codes', () => {
    for (const list of [...provinceIds.map(districtsOf), ...districts.map(({ code }) => communesOf(code))]) {
      expect(list.map(({ code }) => code)).toEqual(list.map(({ code }) => code).toSorted());
    }
    expect(communesOf('999')).toEqual([]);
  });

  it('are what the generator writes from the official list', () => {
    const file = readFileSync(new URL('../../shared/catalogue/areas.json', import.meta.url), 'utf8');
    expect(generateAreas() === file, 'run: npx node shared/catalogue/generate-areas.ts').toBe(true);
  });
});
