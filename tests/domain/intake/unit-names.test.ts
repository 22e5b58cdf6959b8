import { describe, expect, it } from 'vitest';
import { findUnitByName, foldName, foldUnitName, nearest } from '../../../shared/domain/unit-names.ts';
import { smallCatalogue } from './small-catalogue.ts';

describe('a unit’s name', () => {
  it.each([
    ['74', '74'],
    ['Bình Dương', '74'],
    ['BÌNH DƯƠNG', '74'],
    ['binh duong', '74'],
    ['Tỉnh Bình Dương', '74'],
    ['tỉnh  Bình-Dương.', '74'],
    ['Hoà Bình', '17'],
    ['Hòa Bình'.normalize('NFD'), '17'],
    ['Thành phố Hà Nội', '01'],
    ['TP. Hồ Chí Minh', '79'],
    ['TPHCM', '79'],
    ['TP.HCM', '79'],
    ['bộ y tế', 'BYT'],
  ])('%s is %s', (text, id) => {
    expect(findUnitByName(smallCatalogue, text)?.id).toBe(id);
  });

  it.each(['', '-', 'Tỉnh', '7', '074', 'Binh Duon', 'Bình Dươngg', 'Hà Nội 2', 'Việt Nam'])(
    '%s is none',
    (text) => {
      expect(findUnitByName(smallCatalogue, text)).toBeUndefined();
    },
  );

  it('folds to its letters and digits', () => {
    expect(foldName(' Đắk-Lắk 2 ')).toBe('daklak2');
    expect(foldUnitName('Thành phố')).toBe('thanhpho');
  });
});

it.each([
  ['numerater', 'numerator'],
  ['numerator', 'numerator'],
  ['numerat', 'numerator'],
  ['numera', undefined],
  ['xyz', undefined],
])('the name nearest to %s is %s', (text, name) => {
  expect(nearest(text, ['numerator', 'denominator', 'value'], (candidate) => [candidate])).toBe(name);
});

it('none is nearest when two are equally near', () => {
  expect(nearest('II.9.3', ['II.9.1', 'II.9.2'], (candidate) => [candidate])).toBeUndefined();
});
