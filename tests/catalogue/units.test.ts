import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { findUnitByName, foldUnitName } from '../../shared/domain/unit-names.ts';

const catalogue = loadCatalogue();
const provinces = catalogue.units.filter(({ kind }) => kind === 'province');
const agencies = catalogue.units.filter(({ kind }) => kind === 'agency');

describe('units', () => {
  it('are 63 provinces and 30 agencies', () => {
    expect([provinces.length, agencies.length, catalogue.units.length]).toEqual([63, 30, 93]);
  });

  it('have the two-digit statistics code, or the abbreviation in the order of Appendix I', () => {
    expect(provinces.every(({ id }) => /^\d{2}$/.test(id))).toBe(true);
    expect(agencies.map(({ id }) => id).join(' ')).toBe(
      'BQP BCA BNG BTP BTC BCT BLDTBXH BGTVT BXD BTTTT BGDDT BNNPTNT BKHDT BNV BYT BKHCN ' +
        'BVHTTDL BTNMT VPCP TTCP NHNN UBDT VTV VOV BQLL BHXH TTXVN VHLKHCN VHLKHXH UBQLV',
    );
  });

  it('carry 63 different ISO codes, provinces only', () => {
    const codes = provinces.map(({ iso }) => iso);
    expect(new Set(codes).size).toBe(63);
    expect(codes.every((code) => /^VN-(\d{2}|CT|DN|HN|HP|SG)$/.test(code ?? ''))).toBe(true);
    expect(agencies.some(({ iso }) => iso)).toBe(false);
  });

  it.each([
    ['01', 'Hà Nội', 'VN-HN'],
    ['02', 'Hà Giang', 'VN-03'],
    ['11', 'Điện Biên', 'VN-71'],
    ['12', 'Lai Châu', 'VN-01'],
    ['17', 'Hòa Bình', 'VN-14'],
    ['31', 'Hải Phòng', 'VN-HP'],
    ['46', 'Thừa Thiên Huế', 'VN-26'],
    ['48', 'Đà Nẵng', 'VN-DN'],
    ['66', 'Đắk Lắk', 'VN-33'],
    ['67', 'Đắk Nông', 'VN-72'],
    ['74', 'Bình Dương', 'VN-57'],
    ['77', 'Bà Rịa - Vũng Tàu', 'VN-43'],
    ['79', 'Hồ Chí Minh', 'VN-SG'],
    ['92', 'Cần Thơ', 'VN-CT'],
    ['93', 'Hậu Giang', 'VN-73'],
    ['96', 'Cà Mau', 'VN-59'],
  ])('%s is %s, %s', (id, name, iso) => {
    expect(provinces.find((unit) => unit.id === id)).toMatchObject({ name, iso });
  });

  it('end with the merger of 2025-07-01 when they are provinces', () => {
    expect(new Set(provinces.map(({ validTo }) => validTo))).toEqual(new Set(['2025-06-30']));
  });

  it('have names, ids and aliases that fold to one unit each', () => {
    const owners = new Map<string, string>();
    for (const { id, name, nameEn, aliases } of catalogue.units) {
      for (const key of new Set([id, name, nameEn, ...aliases].map(foldUnitName))) {
        expect(owners.get(key) ?? id, `${key} names two units`).toBe(id);
        owners.set(key, id);
      }
    }
  });

  it('carry no alias that already folds to their id, their name or another alias', () => {
    for (const { id, name, aliases } of catalogue.units) {
      const keys = [id, name, ...aliases].map(foldUnitName);
      expect(new Set(keys).size, id).toBe(keys.length);
    }
  });

  it.each([
    ['TPHCM', '79'],
    ['TP. HCM', '79'],
    ['Tp Hồ Chí Minh', '79'],
    ['Thành phố Hồ Chí Minh', '79'],
    ['Sài Gòn', '79'],
    ['BR-VT', '77'],
    ['Bà Rịa – Vũng Tàu', '77'],
    ['Đắc Lắc', '66'],
    ['ĐĂK LĂK', '66'],
    ['Daklak', '66'],
    ['Đắc Nông', '67'],
    ['Bắc Cạn', '06'],
    ['Huế', '46'],
    ['Tỉnh Thừa Thiên - Huế', '46'],
    ['Hoà Bình', '17'],
    ['Khánh Hoà', '56'],
    ['Kontum', '62'],
    ['Bộ TT&TT', 'BTTTT'],
    ['MIC', 'BTTTT'],
    ['Bộ LĐ-TB&XH', 'BLDTBXH'],
    ['Bộ Nông nghiệp và Phát triển Nông thôn', 'BNNPTNT'],
    ['Ngân hàng Nhà nước', 'NHNN'],
  ])('“%s” is %s', (name, id) => {
    expect(findUnitByName(catalogue, name)?.id).toBe(id);
  });
});
