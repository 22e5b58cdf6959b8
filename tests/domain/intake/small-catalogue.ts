import { type Areas, type Catalogue, catalogueSchema } from '../../../shared/domain/catalogue.ts';

const text = (words: string) => ({ vi: words, en: words });
const percent = { kind: 'percent', title: text('Tỷ lệ'), target: { op: 'at-least', value: 100 } };

const task = (ref: string, owner: string, indicator: object) => ({
  ref,
  owner,
  title: text(ref),
  due: { type: 'date', date: '2022-06-30' },
  coordinators: [],
  indicators: [{ id: `${ref}.1`, ...indicator }],
});

const province = (id: string, name: string, aliases: string[] = []) => ({
  id,
  kind: 'province',
  name,
  nameEn: name,
  aliases,
});

/** One indicator of each kind for every unit, one of its own for three provinces. */
export const smallCatalogue: Catalogue = catalogueSchema.parse({
  directive: {
    id: 'small',
    title: text('Chỉ thị nhỏ'),
    firstYear: 2021,
    nationalBodies: ['VPCP', 'BTTTT'],
    escalatesTo: 'BYT',
    occurrencesFrom: '2022-04',
    reports: { from: '2022-04', to: '2022-12', dueDayOfMonth: 25 },
  },
  units: [
    province('01', 'Hà Nội'),
    province('17', 'Hòa Bình'),
    province('74', 'Bình Dương'),
    province('79', 'Hồ Chí Minh', ['TPHCM', 'TP HCM']),
    { id: 'BYT', kind: 'agency', name: 'Bộ Y tế', nameEn: 'Ministry of Health', aliases: [] },
  ],
  tasks: [
    task('1.a', '*', percent),
    task('1.b', '*', { kind: 'count', title: text('Số lượng'), target: { op: 'at-least', value: 10 } }),
    task('1.c', '*', { kind: 'growth', title: text('Tăng trưởng'), target: { op: 'more-than', value: 5 } }),
    task('1.d', '*', {
      kind: 'milestone',
      title: text('Hoàn thành'),
      target: { op: 'at-least', value: 100 },
    }),
    task('1.dd', '*', percent),
    task('II.1', '01', percent),
    task('II.9', '74', percent),
    task('II.17', '17', percent),
  ],
});

const places: Record<string, { name: string; province: string; district?: string }> = {
  '001': { name: 'Quận Ba Đình', province: '01' },
  '00001': { name: 'Phường Phúc Xá', province: '01', district: '001' },
  '718': { name: 'Thành phố Thủ Dầu Một', province: '74' },
  '25741': { name: 'Phường Hiệp Thành', province: '74', district: '718' },
  '25744': { name: 'Phường Phú Lợi', province: '74', district: '718' },
  '721': { name: 'Thị xã Bến Cát', province: '74' },
  '725': { name: 'Thành phố Thuận An', province: '74' },
};

/** A few areas of two provinces. */
export const smallAreas: Areas = {
  nameOf: (code) => places[code]?.name,
  provinceOf: (code) => places[code]?.province,
  districtOf: (code) => places[code]?.district,
};
