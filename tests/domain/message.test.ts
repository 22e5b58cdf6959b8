import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../shared/domain/alert.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';
import type { DigestItem } from '../../shared/domain/digest.ts';
import { smsParts } from '../../shared/domain/gsm7.ts';
import { composeEmail, composeSms, maxEmailBytes } from '../../shared/domain/message.ts';

const portalUrl = 'https://tiendo.example.vn';
const day = '2022-07-01';
const coordinator = (language: 'vi' | 'en'): Coordinator => ({
  id: 'a',
  unit: '74',
  name: 'Nguyễn Thị A',
  language,
});

function item(kind: AlertKind, ref: string, rest: Partial<DigestItem> = {}): DigestItem {
  const obligation = `${rest.unit ?? '74'}:${ref}.1`;
  const alert = `${kind}|${obligation}|2022-06-30T17:00:00.000Z`;
  return {
    stage: `${alert}#missed`,
    alert,
    kind,
    unit: '74',
    unitName: { vi: 'Bình Dương', en: 'Binh Duong' },
    obligation,
    indicator: `${ref}.1`,
    title: { vi: 'Tỷ lệ hộ gia đình có địa chỉ số', en: 'Households with a digital address' },
    due: '2022-06-30',
    daysLeft: -1,
    reason: {
      vi: `98,70 % < 100 % (${ref}, hạn 30/06/2022)`,
      en: `98.70 % < 100 % (${ref}, due 2022-06-30)`,
    },
    knownOn: day,
    ...rest,
  };
}

const haNoi = { unit: '01', unitName: { vi: 'Hà Nội', en: 'Ha Noi' } };
const items = [
  item('deadline-missed', 'II.9'),
  item('deadline-missed', 'II.1', haNoi),
  item('deadline-missed', '1.a', { knownOn: '2022-06-29' }),
  item('due-soon', '1.b'),
  item('met-late', '1.c'),
];

describe('the e-mail digest', () => {
  it('has the counts, then the items by what happened and by unit, then the alert ids, in Vietnamese', () => {
    const { subject, text } = composeEmail(coordinator('vi'), items, { day, portalUrl });
    expect(subject).toBe('tiendo 01/07/2022: 3 quá hạn, 1 sắp đến hạn, 1 đạt muộn');
    expect(text).toBe(
      `Kính gửi Nguyễn Thị A,

Tình hình chỉ tiêu đến ngày 01/07/2022: 3 quá hạn, 1 sắp đến hạn, 1 đạt muộn.

QUÁ HẠN (3)
Bình Dương
- II.9.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (II.9, hạn 30/06/2022)
- 1.a.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (1.a, hạn 30/06/2022) [tính đến 29/06/2022]
Hà Nội
- II.1.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (II.1, hạn 30/06/2022)

SẮP ĐẾN HẠN (1)
Bình Dương
- 1.b.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (1.b, hạn 30/06/2022)

ĐẠT MUỘN (1)
Bình Dương
- 1.c.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (1.c, hạn 30/06/2022)

Xem chi tiết: https://tiendo.example.vn

Mã cảnh báo:
deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z
deadline-missed|01:II.1.1|2022-06-30T17:00:00.000Z
deadline-missed|74:1.a.1|2022-06-30T17:00:00.000Z
due-soon|74:1.b.1|2022-06-30T17:00:00.000Z
met-late|74:1.c.1|2022-06-30T17:00:00.000Z`,
    );
    expect(text).toBe(text.normalize('NFC'));
  });

  it('is in English for those who prefer it', () => {
    const { subject, text } = composeEmail(coordinator('en'), items.slice(0, 1), { day, portalUrl });
    expect(subject).toBe('tiendo 2022-07-01: 1 overdue');
    expect(text).toContain(
      'OVERDUE (1)\nBinh Duong\n- II.9.1 Households with a digital address: 98.70 % < 100 %',
    );
  });

  it('stays under its size whatever the number, lists the worst and says how many it does not list', () => {
    const many = [
      ...Array.from({ length: 3000 }, (_, index) => item('deadline-missed', `II.${index}`)),
      ...Array.from({ length: 2000 }, (_, index) => item('due-soon', `1.${index}`)),
    ];
    for (const language of ['vi', 'en'] as const) {
      const { subject, text } = composeEmail(coordinator(language), many, { day, portalUrl });
      expect(new TextEncoder().encode(text).length).toBeLessThan(maxEmailBytes);
      expect(subject.length).toBeLessThan(100);
      const listed = text.match(/^- /gm)?.length ?? 0;
      expect(listed).toBeGreaterThan(500);
      expect(text).toContain(`… ${language === 'vi' ? 'và' : 'and'} ${5000 - listed} `);
      expect(text).toContain('- II.0.1 ');
      expect(text).not.toContain('- 1.1999.1 ');
    }
  });
});

describe('the text message', () => {
  it('has the count and the worst obligations, folded', () => {
    expect(composeSms(coordinator('vi'), items, { portalUrl })).toBe(
      'tiendo: 3 chi tieu qua han: 74:II.9.1, 01:II.1.1, 74:1.a.1. https://tiendo.example.vn',
    );
    expect(composeSms(coordinator('en'), items.slice(0, 1), { portalUrl })).toBe(
      'tiendo: 1 indicator overdue: 74:II.9.1. https://tiendo.example.vn',
    );
  });

  it('is empty when no deadline was missed', () => {
    expect(composeSms(coordinator('vi'), items.slice(3), { portalUrl })).toBe('');
  });

  it.each([1, 5, 6, 7, 50, 5000])('of %i missed deadlines is one part', (count) => {
    const many = Array.from({ length: count }, (_, index) => item('deadline-missed', `II.${1000 + index}`));
    for (const url of [
      portalUrl,
      `https://x.vn/${'a~'.repeat(40)}`,
      `https://x.vn/${'a'.repeat(200)}`,
      'https://tiếnđộ.vn',
    ]) {
      const text = composeSms(coordinator('vi'), many, { portalUrl: url });
      expect(smsParts(text)).toBe(1);
      expect(text).toMatch(new RegExp(`^tiendo: ${count} chi tieu qua han: 74:II\\.1000\\.1`));
      const [shown = 0, rest = 0] = [text.match(/74:/g)?.length, Number(/\+(\d+)/.exec(text)?.[1] ?? 0)];
      expect(shown + rest).toBe(count);
    }
  });
});
