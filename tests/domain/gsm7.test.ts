import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldToGsm7, smsParts } from '../../shared/domain/gsm7.ts';

describe('text messages', () => {
  it.each([
    ['Đà Nẵng', 'Da Nang'],
    ['Tỷ lệ hộ gia đình: 98,70 % ≥ 100 %', 'Ty le ho gia dinh: 98,70 % >= 100 %'],
    ['Thừa Thiên – Huế', 'Thua Thien - Hue'],
    ['“tiến độ”…', '"tien do"...'],
    ['ngày\u00a01', 'ngay 1'],
    ['−8\u202f500', '-8 500'],
    ['数據', '??'],
    ['😀', '?'],
    ['a\u0000b', 'a?b'],
  ])('fold %s to %s', (text, folded) => {
    expect(foldToGsm7(text)).toBe(folded);
    expect(foldToGsm7(text.normalize('NFD'))).toBe(folded);
  });

  it.each([
    ['', 0],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    [`${'a'.repeat(158)}€`, 1],
    [`${'a'.repeat(159)}€`, 2],
    // The escaped pair does not fit into the first part's last place.
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['đ'.repeat(70), 1],
    ['đ'.repeat(71), 2],
    ['đ'.repeat(134), 2],
    ['đ'.repeat(135), 3],
    [`${'a'.repeat(69)}đ`, 1],
    [`${'a'.repeat(70)}đ`, 2],
    ['😀'.repeat(35), 1],
    ['😀'.repeat(36), 2],
    // 33 pairs fill 66 of 67 places.
    ['😀'.repeat(67), 3],
  ])('%j takes %i parts', (text, parts) => {
    expect(smsParts(text)).toBe(parts);
  });

  it('folded are always in GSM-7: a hundred characters more still make one part', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const folded = foldToGsm7(text);
        expect(smsParts(folded + 'a'.repeat(100))).toBe(1);
        expect(foldToGsm7(folded)).toBe(folded);
      }),
    );
  });
});
