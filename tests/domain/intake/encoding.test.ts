import { describe, expect, it } from 'vitest';
import { districtsOf, loadCatalogue } from '../../../shared/catalogue/load-catalogue.ts';
import { detectEncoding } from '../../../shared/domain/intake/encoding.ts';
import { decodeTcvn3, encodeTcvn3 } from '../../../shared/domain/intake/tcvn3.ts';
import { Utf8Scan } from '../../../shared/domain/intake/unicode-scan.ts';
import { isVietnameseWord } from '../../../shared/domain/intake/vietnamese-word.ts';
import { sourceOf } from './sources.ts';
import { encodeText } from './written-file.ts';

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const detect = (bytes: readonly number[], pieceBytes?: number) =>
  detectEncoding(sourceOf(Uint8Array.from(bytes), pieceBytes));

describe('the encoding of a file', () => {
  it.each([
    ['ASCII', utf8('a,b'), { encoding: 'utf-8', bom: false }],
    ['UTF-8', utf8('tỷ lệ'), { encoding: 'utf-8', bom: false }],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...utf8('ệ')], { encoding: 'utf-8', bom: true }],
    ['a bad byte after a mark', [0xef, 0xbb, 0xbf, 0x41, 0xe1], { code: 'encoding-invalid', offset: 4 }],
    ['one bad byte in UTF-8', [...utf8('ệ '), 0xe9, 0x20], { code: 'encoding-invalid', offset: 4 }],
    ['a cut sequence in UTF-8', [...utf8('ệ'), 0xe1, 0xbb], { code: 'encoding-invalid', offset: 3 }],
    ['a bad byte before the first sequence', [0xff, ...utf8('ệ')], { code: 'encoding-invalid', offset: 0 }],
    ['an overlong form', [...utf8('ệ'), 0xc0, 0xaf], { code: 'encoding-invalid', offset: 3 }],
    [
      'an overlong form of three bytes',
      [...utf8('ệ'), 0xe0, 0x9f, 0xbf],
      { code: 'encoding-invalid', offset: 3 },
    ],
    ['a sequence cut by another', [0xe1, ...utf8('ệ')], { code: 'encoding-invalid', offset: 0 }],
    [
      'one bad byte in UTF-8 that reads well as TCVN3',
      [...utf8('ệ '), ...(encodeTcvn3('hộ số tỷ lệ kỳ') ?? [])],
      { code: 'encoding-invalid', offset: 5 },
    ],
    ['a surrogate in UTF-8', [...utf8('ệ'), 0xed, 0xa0, 0x80], { code: 'encoding-invalid', offset: 3 }],
    ['beyond U+10FFFF', [...utf8('ệ'), 0xf4, 0x90, 0x80, 0x80], { code: 'encoding-invalid', offset: 3 }],
    ['UTF-16LE with half a unit', [0xff, 0xfe, 0x41, 0x00, 0x42], { code: 'encoding-invalid', offset: 4 }],
    [
      'UTF-16BE with a lone low surrogate',
      [0xfe, 0xff, 0x00, 0x41, 0xdc, 0x00],
      { code: 'encoding-invalid', offset: 4 },
    ],
    [
      'UTF-16BE with a high surrogate at the end',
      [0xfe, 0xff, 0xd8, 0x00],
      { code: 'encoding-invalid', offset: 2 },
    ],
    ['UTF-16LE with a pair', [0xff, 0xfe, 0x3d, 0xd8, 0x00, 0xde], { encoding: 'utf-16le', bom: true }],
    [
      'windows-1258',
      [...utf8('Ty'), 0xd2, 0x20, 0x6c, 0xea, 0xf2, 0x20, 0x68, 0xf4, 0xf2, 0x20, 0x63, 0x6f, 0xec],
      { encoding: 'windows-1258', bom: false },
    ],
    [
      'two words, one of which is none for being too long',
      [...utf8('co'), 0xec, 0x20, ...utf8('x'.repeat(41)), 0xe9],
      { code: 'encoding-invalid', offset: 2 },
    ],
    ['TCVN3', [...(encodeTcvn3('Tỷ lệ hộ có số điện thoại') ?? [])], { encoding: 'tcvn3', bom: false }],
    ['one byte both readings know', [...utf8('a '), 0xe9], { code: 'encoding-ambiguous' }],
    [
      'a European encoding',
      [...utf8('S'), 0xe3, ...utf8('o Jo'), 0xe3, ...utf8('oz Fran'), 0xe7, ...utf8('oisx')],
      { code: 'encoding-invalid', offset: 1 },
    ],
  ])('%s is told from its bytes, wherever they are cut', async (_, bytes, expected) => {
    expect(await detect(bytes)).toEqual(expected);
    expect(await detect(bytes, 1)).toEqual(expected);
  });
});

it('sees a UTF-8 sequence right after one that was cut', () => {
  const scan = new Utf8Scan();
  scan.write(Uint8Array.from([0xe1, ...utf8('ệ')]));
  scan.end();
  expect(scan).toMatchObject({ firstBadOffset: 0, hasSequence: true });
});

describe('an 8-bit file of a few words', () => {
  const names = loadCatalogue().units.flatMap(({ id }) => districtsOf(id).map(({ name }) => name));

  it.each(['windows-1258', 'tcvn3'] as const)(
    'in %s is never taken for the other encoding',
    async (encoding) => {
      let told = 0;
      for (const name of names) {
        const finding = await detectEncoding(sourceOf(encodeText(name, encoding)));
        if (!('encoding' in finding)) continue;
        expect([encoding, 'utf-8'], name).toContain(finding.encoding);
        told += 1;
      }
      expect(names).toHaveLength(705);
      expect(told).toBeGreaterThan(600);
    },
  );
});

describe('TCVN3', () => {
  it('reads back every letter of Vietnamese it has, toned capitals excepted', () => {
    const text = 'ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂÊÔƠƯĐ Viet Nam';
    expect(decodeTcvn3(encodeTcvn3(text) ?? new Uint8Array())).toBe(text);
    expect(encodeTcvn3('Ắ')).toBeUndefined();
  });

  it('is what offices know as ViÖt Nam', () => {
    expect(decodeTcvn3(Uint8Array.from([0x56, 0x69, 0xd6, 0x74]))).toBe('Việt');
    expect(decodeTcvn3(Uint8Array.from([0xae, 0xad, 0xea, 0x6e, 0x67]))).toBe('đường');
  });
});

it.each([
  ['nghiệp', true],
  ['Đường', true],
  ['quyết', true],
  ['giữa', true],
  ['khuỷu', true],
  ['thuở', true],
  ['QĐ', true],
  ['UBNDĐ', true],
  ['ViÖt', false],
  ['số'.normalize('NFD'), true],
  ['éi', false],
  ['ngkê', false],
  ['ấầ', false],
  ['®ang', false],
])('%s could be Vietnamese: %s', (word, isWord) => {
  expect(isVietnameseWord(word)).toBe(isWord);
});
