import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertKind, alertKinds } from '../../shared/domain/alert.ts';
import { kindNames } from '../../shared/domain/alert-words.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';
import type { DigestItem, Tone } from '../../shared/domain/digest-item.ts';
import { foldToGsm7, smsParts } from '../../shared/domain/gsm7.ts';
import {
  composeAllClear,
  composeDigest,
  composeUrgentEmail,
  maxEmailBytes,
  maxSubjectLength,
} from '../../shared/domain/message.ts';
import type { OpenCounts } from '../../shared/domain/notification.ts';
import { composeUrgentSms } from '../../shared/domain/urgent-sms.ts';

const portalUrl = 'https://tiendo.example.vn';
const day = '2022-07-07';
const languages = ['vi', 'en'] as const;
const coordinator = (language: 'vi' | 'en'): Coordinator => ({
  id: 'a',
  unit: '74',
  name: 'Nguyễn Thị A',
  language,
  email: 'a@binhduong.example',
});

function item(kind: AlertKind, ref: string, rest: Partial<DigestItem> = {}): DigestItem {
  const subject = `${rest.unit ?? '74'}:${ref}.1`;
  return {
    alert: `${kind}|${subject}|2022-06-30T17:00:00.000Z`,
    stage: 'missed',
    kind,
    tone: 'new',
    unit: '74',
    unitName: { vi: 'Bình Dương', en: 'Binh Duong' },
    subject,
    indicator: `${ref}.1`,
    title: { vi: 'Tỷ lệ hộ gia đình có địa chỉ số', en: 'Households with a digital address' },
    due: '2022-06-30',
    daysLeft: -7,
    reason: {
      vi: `98,70 % < 100 % (${ref}, hạn 30/06/2022)`,
      en: `98.70 % < 100 % (${ref}, due 2022-06-30)`,
    },
    knownOn: day,
    ...rest,
  };
}

/** An item about no indicator. */
function plainItem(kind: AlertKind, rest: Partial<DigestItem> = {}): DigestItem {
  const { indicator: _, due: __, daysLeft: ___, ...plain } = item(kind, 'x', rest);
  return plain;
}

const haNoi = { unit: '01', unitName: { vi: 'Hà Nội', en: 'Ha Noi' } };
const missing = plainItem('report-missing', {
  alert: 'report-missing|74:report|2022-07-05T17:00:00.000Z',
  title: { vi: 'Báo cáo tháng 6/2022', en: 'Report of June 2022' },
  reason: { vi: 'chưa nhận được báo cáo, hạn 05/07/2022', en: 'nothing received, due 2022-07-05' },
  muted: 12,
});
const items = [
  item('deadline-missed', 'II.9', { tone: 'lasting' }),
  item('deadline-missed', 'II.1', { ...haNoi, tone: 'escalated' }),
  item('deadline-missed', '1.a', { daysLeft: -1, knownOn: '2022-07-01' }),
  item('deadline-missed', '1.d', haNoi),
  missing,
  item('due-soon', '1.b', {
    daysLeft: 14,
    reason: { vi: '5 % < 9 %; còn 14 ngày', en: '5 % < 9 %; 14 days left' },
  }),
  item('deadline-missed', '1.c', { tone: 'resolved', reason: { vi: '9 % ≥ 9 %', en: '9 % ≥ 9 %' } }),
];
const counts: OpenCounts = { 'deadline-missed': 45, 'report-missing': 1, 'due-soon': 12 };
const before = {
  day: '2022-07-05',
  counts: { 'deadline-missed': 42, 'file-rejected': 2, 'due-soon': 12 } satisfies OpenCounts,
};

const byteLength = (text: string) => new TextEncoder().encode(text).length;
const emailOf = (language: 'vi' | 'en', list: readonly DigestItem[]) =>
  composeUrgentEmail(coordinator(language), list, { day, portalUrl });
const smsOf = (language: 'vi' | 'en', list: readonly DigestItem[], url = portalUrl) =>
  composeUrgentSms(coordinator(language), list, { portalUrl: url });

it('the kinds have names in both languages, in the order of the kinds', () => {
  expect(Object.keys(kindNames)).toEqual(alertKinds);
  expect(JSON.stringify(kindNames)).toBe(JSON.stringify(kindNames).normalize('NFC'));
});

describe('the digest', () => {
  it('has what is open and its change, then the items by what they tell, kind and unit, in Vietnamese', () => {
    const { subject, text } = composeDigest(coordinator('vi'), { items, counts, before }, { day, portalUrl });
    expect(subject).toBe('tiendo 07/07/2022: quá hạn 45 (+3), thiếu báo cáo 1 (+1), sắp đến hạn 12');
    expect(text).toBe(
      `Kính gửi Ông/Bà Nguyễn Thị A,

Tình hình cảnh báo đang mở đến ngày 07/07/2022 (tăng, giảm so với thư ngày 05/07/2022): quá hạn 45 (+3), thiếu báo cáo 1 (+1), tệp bị trả lại 0 (-2), sắp đến hạn 12.

CHUYỂN LÊN CẤP TRÊN: QUÁ HẠN (1)
Hà Nội: https://tiendo.example.vn/units/01
- II.1.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (II.1, hạn 30/06/2022); quá hạn 7 ngày

MỚI: QUÁ HẠN (2)
Bình Dương: https://tiendo.example.vn/units/74
- 1.a.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (1.a, hạn 30/06/2022) [tính đến 01/07/2022]; quá hạn 1 ngày
Hà Nội: https://tiendo.example.vn/units/01
- 1.d.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (1.d, hạn 30/06/2022); quá hạn 7 ngày

MỚI: THIẾU BÁO CÁO (1)
Bình Dương: https://tiendo.example.vn/units/74
- Báo cáo tháng 6/2022: chưa nhận được báo cáo, hạn 05/07/2022; đang giữ lại 12 cảnh báo khác cho đến khi có báo cáo

MỚI: SẮP ĐẾN HẠN (1)
Bình Dương: https://tiendo.example.vn/units/74
- 1.b.1 Tỷ lệ hộ gia đình có địa chỉ số: 5 % < 9 %; còn 14 ngày

NHẮC LẠI: QUÁ HẠN (1)
Bình Dương: https://tiendo.example.vn/units/74
- II.9.1 Tỷ lệ hộ gia đình có địa chỉ số: 98,70 % < 100 % (II.9, hạn 30/06/2022); quá hạn 7 ngày

ĐÃ GIẢI QUYẾT: QUÁ HẠN (1)
Bình Dương: https://tiendo.example.vn/units/74
- 1.c.1 Tỷ lệ hộ gia đình có địa chỉ số: 9 % ≥ 9 %

Xem tất cả cảnh báo: https://tiendo.example.vn/alerts

Trân trọng.

Mã cảnh báo:
deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z
deadline-missed|01:II.1.1|2022-06-30T17:00:00.000Z
deadline-missed|74:1.a.1|2022-06-30T17:00:00.000Z
deadline-missed|01:1.d.1|2022-06-30T17:00:00.000Z
report-missing|74:report|2022-07-05T17:00:00.000Z
due-soon|74:1.b.1|2022-06-30T17:00:00.000Z
deadline-missed|74:1.c.1|2022-06-30T17:00:00.000Z`,
    );
    expect(text).toBe(text.normalize('NFC'));
  });

  it('is in English for those who prefer it', () => {
    const { subject, text } = composeDigest(coordinator('en'), { items, counts, before }, { day, portalUrl });
    expect(subject).toBe('tiendo 2022-07-07: overdue 45 (+3), report missing 1 (+1), due soon 12');
    expect(text).toContain(
      `Dear Nguyễn Thị A,

Open alerts as of 2022-07-07 (changes since the message of 2022-07-05): overdue 45 (+3), report missing 1 (+1), file rejected 0 (-2), due soon 12.

ESCALATED TO YOU: OVERDUE (1)
Ha Noi: https://tiendo.example.vn/units/01
- II.1.1 Households with a digital address: 98.70 % < 100 % (II.1, due 2022-06-30); 7 days overdue

NEW: OVERDUE (2)
Binh Duong: https://tiendo.example.vn/units/74
- 1.a.1 Households with a digital address: 98.70 % < 100 % (1.a, due 2022-06-30) [as of 2022-07-01]; 1 day overdue
`,
    );
    expect(text).toContain(
      '- Report of June 2022: nothing received, due 2022-07-05; keeps 12 other alerts quiet until the report arrives\n',
    );
    expect(text).toContain('\n\nREMINDER: OVERDUE (1)\n');
    expect(text).toContain('\n\nRESOLVED: OVERDUE (1)\n');
    expect(text).not.toMatch(/[ăâđêôơư]/);
  });

  it('states no change where none came before, and says so when nothing is open', () => {
    const first = composeDigest(coordinator('vi'), { items, counts }, { day, portalUrl });
    expect(first.text).toContain('07/07/2022: quá hạn 45, thiếu báo cáo 1, sắp đến hạn 12.\n');
    const resolved = { items: items.slice(-1), counts: {} };
    const none = composeDigest(coordinator('vi'), resolved, { day, portalUrl });
    expect(none.subject).toBe('tiendo 07/07/2022: không còn cảnh báo nào đang mở');
    const last = composeDigest(coordinator('en'), { ...resolved, before }, { day, portalUrl });
    expect(last.subject).toBe('tiendo 2022-07-07: no open alerts');
  });

  it.each([
    ['vi', -1, day, '; quá hạn 1 ngày'],
    ['en', -1, day, '; 1 day overdue'],
    ['vi', 0, day, ''],
    ['vi', 1, day, ''],
    ['vi', -1, '2022-07-06', ' [tính đến 06/07/2022]; quá hạn 1 ngày'],
    ['vi', 0, '2022-07-06', ' [tính đến 06/07/2022]; hôm nay đến hạn'],
    ['vi', 1, '2022-07-06', ' [tính đến 06/07/2022]; nay còn 1 ngày'],
    ['en', 0, '2022-07-06', ' [as of 2022-07-06]; due today'],
    ['en', 1, '2022-07-06', ' [as of 2022-07-06]; 1 day left now'],
    ['en', 2, '2022-07-06', ' [as of 2022-07-06]; 2 days left now'],
  ] as const)(
    'in %s with %i days left, known on %s, an item ends with %j',
    (language, daysLeft, knownOn, end) => {
      const reason = { vi: 'lý do', en: 'reason' };
      const list = [item('due-soon', '1.b', { daysLeft, knownOn, reason })];
      const { text } = composeDigest(coordinator(language), { items: list, counts }, { day, portalUrl });
      expect(text).toContain(`: ${reason[language]}${end}\n`);
    },
  );

  it.each([
    [0, ''],
    [1, '; keeps 1 other alert quiet until the report arrives'],
    [2, '; keeps 2 other alerts quiet until the report arrives'],
  ])('says of %i muted alerts %j', (muted, end) => {
    const digest = { items: [{ ...missing, muted }], counts };
    const { text } = composeDigest(coordinator('en'), digest, { day, portalUrl });
    expect(text).toContain(`due 2022-07-05${end}\n`);
  });

  it.each([
    // One digit more is one character too many: the last kind is left out.
    [7000, maxSubjectLength, 'forecast to miss 7000'],
    [70_000, 81, '...'],
  ])('with %i forecast to miss has a subject of %i characters', (forecast, length, end) => {
    const now: OpenCounts = { 'deadline-missed': 45, 'fell-below': 123, 'report-missing': 63, forecast };
    const digest = {
      items,
      counts: now,
      before: { day: before.day, counts: { ...now, 'deadline-missed': 42 } },
    };
    const { subject } = composeDigest(coordinator('en'), digest, { day, portalUrl });
    expect(subject).toHaveLength(length);
    expect(subject.endsWith(`, ${end}`)).toBe(true);
  });

  it('stays under its size whatever the number, lists the worst and says how many it does not list', () => {
    const many = [
      ...Array.from({ length: 3000 }, (_, index) => item('deadline-missed', `II.${index}`)),
      ...Array.from({ length: 2000 }, (_, index) => item('due-soon', `1.${index}`)),
    ];
    for (const language of languages) {
      const { text } = composeDigest(coordinator(language), { items: many, counts }, { day, portalUrl });
      expect(byteLength(text)).toBeLessThan(maxEmailBytes);
      const listed = text.match(/^- /gm)?.length ?? 0;
      expect(listed).toBeGreaterThan(500);
      expect(text).toContain(`… ${language === 'vi' ? 'và' : 'and'} ${5000 - listed} `);
      expect(text).toContain('- II.0.1 ');
      expect(text).not.toContain('- 1.1999.1 ');
    }
  });

  it('lists items up to the last byte there is for them', () => {
    const withTitle = (length: number) => {
      const title = { vi: 'x'.repeat(length), en: '' };
      const digest = { items: [item('deadline-missed', 'II.9', { title })], counts };
      return composeDigest(coordinator('vi'), digest, { day, portalUrl }).text;
    };
    const frame = byteLength(withTitle(0).split('\n').slice(3, 7).join('\n')) + 1;
    expect(withTitle(140_000 - frame)).toContain('\n- II.9.1 x');
    expect(withTitle(140_000 - frame + 1)).not.toContain('\n- ');
    expect(withTitle(140_000 - frame + 1)).toContain('… và 1 cảnh báo khác không liệt kê');
  });
});

describe('the urgent e-mail', () => {
  const urgent = [
    ...items.slice(1, 4),
    plainItem('file-rejected', { title: { vi: 'Tệp ABC.csv', en: 'File ABC.csv' } }),
  ];

  it('asks in Vietnamese to attend to what happened, and lists it', () => {
    const { subject, text } = emailOf('vi', urgent);
    expect(subject).toBe(
      'tiendo KHẨN 07/07/2022: 1 chỉ tiêu chuyển cấp trên, 2 chỉ tiêu quá hạn, 1 tệp bị trả lại',
    );
    expect(text).toMatch(
      /^Kính gửi Ông\/Bà Nguyễn Thị A,\n\nĐề nghị Ông\/Bà quan tâm xử lý ngay \(tính đến ngày 07\/07\/2022\): 1 chỉ tiêu chuyển cấp trên, 2 chỉ tiêu quá hạn, 1 tệp bị trả lại\.\n\nCHUYỂN LÊN CẤP TRÊN: QUÁ HẠN \(1\)\n/,
    );
    expect(text).toContain(
      '\n\nMỚI: TỆP BỊ TRẢ LẠI (1)\nBình Dương: https://tiendo.example.vn/units/74\n- Tệp ABC.csv: ',
    );
    expect(text).toContain('\n\nXem tất cả cảnh báo: https://tiendo.example.vn/alerts\n');
    expect(text.split('\n').slice(-4)).toEqual(urgent.map(({ alert }) => alert));
  });

  it('is in English for those who prefer it', () => {
    const { subject, text } = emailOf('en', urgent);
    expect(subject).toBe('tiendo URGENT 2022-07-07: 1 escalation, 2 indicators overdue, 1 file rejected');
    expect(text).toContain('Please attend to this at once (as of 2022-07-07): 1 escalation, 2 indicators');
  });

  it('gives each alert its id once', () => {
    const { text } = emailOf('vi', [...urgent, ...urgent]);
    expect(text.split('\n').filter((line) => line === urgent[0]?.alert)).toHaveLength(1);
  });
});

describe('the weekly word that nothing is overdue', () => {
  it('is said in both languages', () => {
    expect(composeAllClear(coordinator('vi'), { day, portalUrl })).toEqual({
      subject: 'tiendo 07/07/2022: không có chỉ tiêu quá hạn',
      text: `Kính gửi Ông/Bà Nguyễn Thị A,

Tính đến ngày 07/07/2022, không có chỉ tiêu nào do Ông/Bà theo dõi bị quá hạn.
Thư này được gửi vào thứ Hai hằng tuần theo đăng ký của Ông/Bà.

Xem tất cả cảnh báo: https://tiendo.example.vn/alerts

Trân trọng.`,
    });
    expect(composeAllClear(coordinator('en'), { day, portalUrl })).toEqual({
      subject: 'tiendo 2022-07-07: nothing overdue',
      text: `Dear Nguyễn Thị A,

As of 2022-07-07, none of the indicators you follow is overdue.
You receive this message each Monday because you asked for it.

All alerts: https://tiendo.example.vn/alerts

Kind regards.`,
    });
  });
});

describe('the text message', () => {
  const ofUnits = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const name = `Tỉnh ${index + 1}`;
      return item('deadline-missed', 'II.9', { unit: `${index + 1}`, unitName: { vi: name, en: name } });
    });

  it('names the indicators of one unit', () => {
    const own = [items[2], items[0], plainItem('file-rejected')].flatMap((each) => each ?? []);
    expect(smsOf('vi', own)).toBe(
      'tiendo: 2 chi tieu qua han, 1 tep bi tra lai (Binh Duong): 1.a.1, II.9.1. https://tiendo.example.vn/alerts',
    );
    expect(smsOf('en', own)).toBe(
      'tiendo: 2 indicators overdue, 1 file rejected (Binh Duong): 1.a.1, II.9.1. https://tiendo.example.vn/alerts',
    );
  });

  it('names the units where there are several, each once', () => {
    expect(smsOf('vi', items.slice(0, 4))).toBe(
      'tiendo: 1 chi tieu chuyen cap tren, 3 chi tieu qua han tai 2 don vi: Binh Duong, Ha Noi. https://tiendo.example.vn/alerts',
    );
  });

  it('counts 63 provinces and names the first', () => {
    expect(smsOf('vi', ofUnits(63))).toBe(
      'tiendo: 63 chi tieu qua han tai 63 don vi: Tinh 1, Tinh 2, Tinh 3, Tinh 4, Tinh 5, Tinh 6, Tinh 7, Tinh 8, Tinh 9, Tinh 10 +53. https://tiendo.example.vn/alerts',
    );
    expect(smsOf('en', ofUnits(63))).toMatch(
      /^tiendo: 63 indicators overdue in 63 units: Tinh 1, .* \+5\d\. https/,
    );
  });

  it('names nothing where there is nothing to name', () => {
    expect(smsOf('vi', [plainItem('file-rejected')])).toBe(
      'tiendo: 1 tep bi tra lai (Binh Duong). https://tiendo.example.vn/alerts',
    );
  });

  it('is empty without items', () => {
    expect(smsOf('vi', [])).toBe('');
  });

  it('leaves out an address that a text message cannot hold', () => {
    const text = 'tiendo: 1 chi tieu qua han (Binh Duong): II.9.1';
    expect(smsOf('vi', items.slice(0, 1), 'https://tiếnđộ.vn')).toBe(text);
    expect(smsOf('vi', items.slice(0, 1), `https://x.vn/${'a'.repeat(200)}`)).toBe(text);
  });

  it('has 160 characters; one more leaves the last name out, then the address, then the place', () => {
    const own = [item('deadline-missed', 'II.9'), item('deadline-missed', '1.a')];
    const withUrl = (length: number) => smsOf('vi', own, `https://x.vn/${'a'.repeat(length - 20)}`);
    const frame = 'tiendo: 2 chi tieu qua han (Binh Duong): II.9.1, 1.a.1. '.length;
    expect(withUrl(160 - frame)).toHaveLength(160);
    expect(withUrl(160 - frame)).toContain(': II.9.1, 1.a.1. https');
    expect(withUrl(161 - frame)).toContain(': II.9.1 +1. https');
    const shorter = 'tiendo: 2 chi tieu qua han (Binh Duong): II.9.1 +1. '.length;
    expect(withUrl(160 - shorter)).toHaveLength(160);
    expect(withUrl(161 - shorter)).toBe('tiendo: 2 chi tieu qua han (Binh Duong): II.9.1, 1.a.1');

    const named = (length: number) => {
      const name = 'a'.repeat(length);
      return smsOf('vi', [plainItem('file-rejected', { unitName: { vi: name, en: name } })], 'https://x.vn');
    };
    const place = 'tiendo: 1 tep bi tra lai ()'.length;
    expect(named(160 - place)).toHaveLength(160);
    expect(named(161 - place)).toBe('tiendo: 1 tep bi tra lai. https://x.vn/alerts');
  });

  it('takes a second part only where the counts alone do not fit into one', () => {
    const kinds = (count: number) => alertKinds.slice(0, count).map((kind) => item(kind, 'II.9'));
    const one = smsOf('vi', kinds(5), 'https://x.vn');
    expect(smsParts(one)).toBe(1);
    expect(one).toContain('1 chi tieu du bao khong dat');
    const two = smsOf('vi', kinds(9), 'https://x.vn');
    expect(smsParts(two)).toBe(2);
    expect(two).toMatch(/^tiendo: 1 chi tieu qua han, .*, 1 han muc SMS da het$/);
  });

  it('never has a third part: 306 characters, and one more leaves out the last count', () => {
    const happenings = [...alertKinds.map((kind) => item(kind, 'II.9')), ...items.slice(-1)];
    /** A hundred of everything, a thousand of the first few. */
    const everything = (thousands: number) => [
      item('deadline-missed', 'II.9', { tone: 'escalated' }),
      ...happenings.flatMap((each, index) =>
        Array.from({ length: index < thousands ? 1000 : 100 }, () => each),
      ),
    ];
    const [most, tooMany] = [everything(5), everything(6)].map((list) => smsOf('vi', list));
    expect(most).toHaveLength(306);
    expect(most).toMatch(/, 100 han muc SMS da het, 100 viec da giai quyet$/);
    expect(tooMany).toMatch(/, 100 han muc SMS da het, \.\.\.$/);
    expect(smsParts(tooMany ?? '')).toBe(2);
  });

  it.each([1, 5, 6, 7, 50, 5000])('of %i missed deadlines of one unit is one part', (count) => {
    const many = Array.from({ length: count }, (_, index) => item('deadline-missed', `II.${1000 + index}`));
    for (const url of [portalUrl, `https://x.vn/${'a~'.repeat(40)}`, 'https://tiếnđộ.vn']) {
      const text = smsOf('vi', many, url);
      expect(smsParts(text)).toBe(1);
      expect(text).toMatch(new RegExp(`^tiendo: ${count} chi tieu qua han \\(Binh Duong\\): II\\.1000\\.1`));
      const [shown = 0, rest = 0] = [text.match(/II\./g)?.length, Number(/\+(\d+)/.exec(text)?.[1] ?? 0)];
      expect(shown + rest).toBe(count);
    }
  });
});

const hostile = 'A\r\n\r\nMã cảnh báo:\u2028\u0085 \u202egpj.exe\u0000\t\ud800 <b>"&\u001b[31m{€~}';

it('hostile text stays on its line and in its order', () => {
  const text = { vi: hostile, en: hostile };
  const evil = item('file-rejected', 'II.9', {
    indicator: hostile,
    title: text,
    reason: text,
    unitName: text,
    alert: hostile,
  });
  for (const language of languages) {
    const reader = { ...coordinator(language), name: hostile };
    const digest = composeDigest(reader, { items: [evil], counts }, { day, portalUrl });
    const urgent = composeUrgentEmail(reader, [evil], { day, portalUrl });
    for (const { subject, text } of [digest, urgent]) {
      expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      expect(text.split('\n')).toHaveLength(14);
      expect(subject).not.toMatch(/\p{C}/u);
    }
    expect(composeUrgentSms(reader, [evil], { portalUrl })).toMatch(/^[ -~€]+$/);
  }
});

describe('whatever the items', () => {
  const words = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('Thừa Thiên – Huế', 'Bà Rịa – Vũng Tàu', hostile, '€'.repeat(80), 'x'.repeat(170)),
  );
  const bilingual = fc.record({ vi: words, en: words });
  const anyItem: fc.Arbitrary<DigestItem> = fc
    .record({
      kind: fc.constantFrom(...alertKinds),
      tone: fc.constantFrom<Tone[]>('new', 'lasting', 'escalated', 'resolved'),
      unit: fc.constantFrom('01', '74', '79', 'VPCP'),
      unitName: bilingual,
      title: bilingual,
      reason: bilingual,
      indicator: fc.option(fc.oneof(words, fc.constantFrom('II.9.1', 'I.21.b.1')), { nil: undefined }),
      daysLeft: fc.option(fc.integer({ min: -400, max: 400 }), { nil: undefined }),
      muted: fc.nat({ max: 200 }),
    })
    .map(({ indicator, daysLeft, ...rest }) => ({
      ...plainItem(rest.kind),
      ...rest,
      ...(indicator !== undefined && { indicator }),
      ...(daysLeft !== undefined && { daysLeft }),
    }));
  // One unit has one name, wherever it comes from.
  const anyItems = fc.array(anyItem, { minLength: 1, maxLength: 40 }).map((list) => {
    const names = new Map(list.map(({ unit, unitName }) => [unit, unitName]));
    return list.map((each) => ({ ...each, unitName: names.get(each.unit) ?? each.unitName }));
  });
  const language = fc.constantFrom(...languages);
  const url = fc.constantFrom(portalUrl, 'https://tiếnđộ.vn', `https://x.vn/${'a~'.repeat(30)}`);
  /** The words of a text as a message may hold them, without the punctuation around them. */
  const wordsOf = (text: string) =>
    foldToGsm7(text)
      .split(/\s+/)
      .map((word) => word.replace(/^[(),.:]+|[(),.:]+$/g, ''));

  it('an SMS is in GSM-7, of one part or at most two, and has no word that was cut', () => {
    fc.assert(
      fc.property(anyItems, language, url, (list, reader, portalUrl) => {
        const text = composeUrgentSms(coordinator(reader), list, { portalUrl });
        expect(foldToGsm7(text)).toBe(text);
        expect(smsParts(text)).toBeGreaterThanOrEqual(1);
        expect(smsParts(text)).toBeLessThanOrEqual(2);
        const email = composeUrgentEmail(coordinator(reader), list, { day, portalUrl });
        const whole = new Set([...wordsOf(email.text), ...wordsOf('tiendo tai don vi in units'), '']);
        const cut = wordsOf(text).filter((word) => !whole.has(word) && !/^\+?\d+$/.test(word));
        expect(cut).toEqual([]);
      }),
    );
  });

  it('an e-mail stays under its limits, and every item is a line of it or counted as not listed', () => {
    const anyCounts = fc.dictionary(fc.constantFrom(...alertKinds), fc.nat({ max: 100_000 }));
    const repeats = fc.constantFrom(1, 1, 200);
    fc.assert(
      fc.property(
        anyItems,
        repeats,
        anyCounts,
        anyCounts,
        language,
        url,
        (some, times, now, then, reader, portalUrl) => {
          const list = Array.from({ length: times }, () => some).flat();
          const digest = { items: list, counts: now, before: { day: '2022-07-05', counts: then } };
          for (const { subject, text } of [
            composeDigest(coordinator(reader), digest, { day, portalUrl }),
            composeUrgentEmail(coordinator(reader), list, { day, portalUrl }),
          ]) {
            expect(byteLength(text)).toBeLessThan(maxEmailBytes);
            expect(foldToGsm7(subject)).toMatch(/^[!-~][ -~]*$/);
            expect(foldToGsm7(subject).length).toBeLessThanOrEqual(maxSubjectLength);
            const listed = text.match(/^- .*: /gm)?.length ?? 0;
            const unlisted = Number(/^… (?:và|and) (\d+) (?:cảnh|more that)/m.exec(text)?.[1] ?? 0);
            expect(listed + unlisted).toBe(list.length);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
