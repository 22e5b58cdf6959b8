import { formatDay, isDay, periodDays } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import { parsePeriod } from './intake/period-text.ts';
import type { Issue } from './issue.ts';
import { foldName } from './unit-names.ts';

/** What an issue's sentences speak of. Texts are shown as they are given; both may be empty. */
export interface IssueFacts {
  /** What the file says, or the number at fault. */
  value: string;
  /** What would be right, where that is known: an id, a sum, a format, a limit. */
  expected: string;
  /** The number that shows which decimal sign the file uses, and where it stands. */
  proof?: { text: string; at: Place; decimal: ',' | '.' };
  /** How a number was read, in plain notation, that only `proof` tells how to read. */
  readAs?: string;
}

/**
 * One code of the registry. `scope` is what it speaks of: the file as a whole, one row, or the figures
 * published before. `message` says what is wrong, wherever it stands; `remedy` what to do about it.
 */
export interface IssueCodeEntry {
  severity: Issue['severity'];
  scope: 'file' | 'row' | 'history';
  message: (facts: IssueFacts) => Bilingual;
  remedy: (facts: IssueFacts) => Bilingual;
}

type Sentences = (facts: IssueFacts) => readonly [vi: string, en: string];

/** Every code an issue can have. Codes are public: add, never reuse; sentences may improve. */
export const issueCodes = {
  'file-empty': fileError(
    () => ['Tệp không có nội dung.', 'The file has no content.'],
    () => [
      'Hãy kiểm tra đã chọn đúng tệp, lưu lại rồi gửi.',
      'Check that it is the right file, save it and send it again.',
    ],
  ),
  'file-too-large': fileError(
    ({ value, expected }) => [
      `Tệp có ${value} byte, vượt mức ${expected} byte.`,
      `The file has ${value} bytes, over the limit of ${expected}.`,
    ],
    () => [
      'Hãy bỏ các cột không cần thiết hoặc chia tệp theo kỳ báo cáo.',
      'Leave out columns that are not needed, or split the file by period.',
    ],
  ),
  'file-too-many-rows': fileError(
    ({ expected }) => [`Tệp có hơn ${expected} dòng số liệu.`, `The file has more than ${expected} rows.`],
    () => ['Hãy chia tệp theo kỳ báo cáo.', 'Split the file by period.'],
  ),
  'file-format-unsupported': fileError(
    ({ value }) => [
      `Đây là tệp ${value}, không phải CSV hay JSON.`,
      `This is a ${value} file, not CSV or JSON.`,
    ],
    () => [
      'Trong Excel, hãy chọn Lưu thành… (Save As), loại “CSV UTF-8”, rồi gửi tệp CSV đó.',
      'In Excel choose Save As, type “CSV UTF-8”, and send that file.',
    ],
  ),
  'encoding-invalid': fileError(
    ({ value }) => [
      `Bảng mã của tệp bị hỏng tại byte thứ ${value} (tính từ 0).`,
      `The file's encoding breaks at byte ${value} (counted from 0).`,
    ],
    () => [
      'Hãy mở tệp gốc và lưu lại với bảng mã UTF-8 (Excel: “CSV UTF-8”).',
      'Open the original and save it as UTF-8 (Excel: “CSV UTF-8”).',
    ],
  ),
  'encoding-ambiguous': fileError(
    () => [
      'Không xác định được bảng mã của tệp: đọc theo Windows-1258 hay TCVN3 (ABC) đều có thể đúng.',
      'The file can be read equally well as Windows-1258 and as TCVN3 (ABC).',
    ],
    () => [
      'Hãy lưu lại tệp với bảng mã UTF-8 (Excel: “CSV UTF-8”).',
      'Save the file as UTF-8 (Excel: “CSV UTF-8”).',
    ],
  ),
  'character-invalid': fileError(
    () => [
      'Có ký tự không phải là chữ (NUL hoặc nửa ký tự).',
      'There is a character that is no text (NUL or half a character).',
    ],
    () => [
      'Hãy nhập lại ô này, hoặc lưu lại tệp với bảng mã UTF-8.',
      'Type the cell again, or save the file as UTF-8.',
    ],
  ),
  'json-invalid': fileError(
    ({ value, expected }) => [
      `JSON sai cú pháp hoặc cấu trúc${value && ` tại dòng:ký tự ${value}`}${expected && `; cần ${expected}`}.`,
      `The JSON is not as it should be${value && ` at line:character ${value}`}${expected && `; expected ${expected}`}.`,
    ],
    () => ['Hãy sửa ở chỗ đó hoặc xuất lại tệp từ phần mềm.', 'Correct it there, or export the file again.'],
  ),
  'json-duplicate-key': fileError(
    ({ value }) => [
      `Trường “${value}” xuất hiện hai lần trong cùng một đối tượng.`,
      `The field “${value}” appears twice in one object.`,
    ],
    () => ['Hãy giữ lại một giá trị đúng.', 'Keep the one that is right.'],
  ),
  'json-too-deep': fileError(
    ({ expected }) => [
      `JSON lồng nhau quá ${expected} cấp.`,
      `The JSON is nested more than ${expected} levels deep.`,
    ],
    () => ['Hãy xuất số liệu thành danh sách phẳng.', 'Export the observations as a flat list.'],
  ),
  'csv-unclosed-quote': fileError(
    () => [
      'Dấu ngoặc kép mở ở ô này không được đóng, nên phần còn lại của tệp không đọc được.',
      'The quote opened in this cell is never closed, so the rest of the file cannot be read.',
    ],
    () => ['Hãy đóng dấu ngoặc kép, hoặc bỏ nó đi.', 'Close the quote or remove it.'],
  ),
  'csv-stray-quote': fileError(
    () => ['Có dấu ngoặc kép đặt sai chỗ trong ô.', 'There is a quote where none may stand.'],
    () => [
      'Trong ô có ngoặc kép, hãy viết mỗi dấu thành hai ("") và đặt cả ô trong ngoặc kép; Excel tự làm việc này khi lưu CSV.',
      'Write each quote twice ("") and put the whole cell in quotes; Excel does so when it saves CSV.',
    ],
  ),
  'header-missing': fileError(
    () => [
      'Không tìm thấy dòng tiêu đề cột: không dòng nào có “indicator” (mã chỉ tiêu), “period” (kỳ báo cáo) hay tên cột quen thuộc khác.',
      'No line names the columns: neither “indicator”, “period” nor another known column was found.',
    ],
    ({ value }) =>
      value
        ? [
            `Dòng đầu “${value}” quy định dấu phân cách cột; hãy sửa hoặc bỏ dòng đó nếu tệp dùng dấu khác.`,
            `The first line “${value}” sets the delimiter; correct or remove it if the file uses another.`,
          ]
        : [
            'Hãy thêm một dòng tiêu đề như tệp mẫu: Mã chỉ tiêu;Kỳ báo cáo;Mã địa bàn;Tử số;Mẫu số;Giá trị;Ngày hoàn thành;Minh chứng;Ghi chú.',
            'Add a header line such as indicator;period;area;numerator;denominator;value;completed_on;evidence;note.',
          ],
  ),
  'header-duplicate': fileError(
    ({ value, expected }) => [
      `Cột “${value}” trùng nghĩa với cột “${expected}”.`,
      `The column “${value}” means the same as “${expected}”.`,
    ],
    () => ['Hãy bỏ hoặc đổi tên một trong hai cột.', 'Remove or rename one of the two.'],
  ),
  'column-missing': fileError(
    ({ expected }) => [
      `Dòng tiêu đề thiếu cột ${namesInVietnamese(expected)} (${expected}).`,
      `The header lacks the column “${expected}”.`,
    ],
    ({ expected }) => [
      `Hãy thêm cột “${expected}” hoặc “${namesInVietnamese(expected)}”; cột này bắt buộc.`,
      `Add the column “${expected}”; it is required.`,
    ],
  ),
  'column-ignored': entry(
    'warning',
    'file',
    ({ value }) => [
      value ? `Cột “${value}” không được dùng.` : 'Cột không có tên không được dùng.',
      value ? `The column “${value}” is not used.` : 'A column without a name is not used.',
    ],
    ({ expected }) =>
      expected
        ? [
            `Nếu cột này chứa số liệu, hãy đổi tên thành “${expected}”.`,
            `If it holds figures, rename it “${expected}”.`,
          ]
        : [
            'Không cần làm gì nếu cột này không chứa số liệu phải báo cáo.',
            'Nothing to do unless it holds figures to be reported.',
          ],
  ),
  'period-mixed-years': fileError(
    ({ value, expected }) => [
      `Tệp có số liệu của nhiều năm: ${value} và ${expected}.`,
      `The file speaks of several years: ${value} and ${expected}.`,
    ],
    () => ['Hãy gửi mỗi năm một tệp.', 'Send one file for each year.'],
  ),
  'no-observations': fileError(
    () => ['Tệp không có dòng số liệu nào.', 'The file has no observations.'],
    ({ expected }) =>
      expected
        ? [
            `Hãy ghi ít nhất một đối tượng có số liệu: ${expected}.`,
            `Give at least one object with figures: ${expected}.`,
          ]
        : ['Hãy điền ít nhất một dòng dưới dòng tiêu đề.', 'Fill in at least one row below the header.'],
  ),
  'submission-identical': entry(
    'warning',
    'file',
    ({ value }) => [
      `Tệp giống hệt tệp đã gửi trước đây${value && ` (${value})`}; không có gì được công bố lại.`,
      `The file is the same, byte for byte, as one sent before${value && ` (${value})`}; nothing is published again.`,
    ],
    () => [
      'Nếu định gửi số liệu mới, hãy kiểm tra lại tệp đã chọn.',
      'If you meant to send new figures, check which file was chosen.',
    ],
  ),

  'row-too-long': rowError(
    () => ['Dòng có nhiều ô hơn dòng tiêu đề.', 'The row has more cells than the header.'],
    () => [
      'Hãy bỏ ô thừa; nếu ô có dấu phân cách (ví dụ 98,7 trong tệp phân cách bằng dấu phẩy) thì đặt ô trong ngoặc kép.',
      'Remove the extra cell; put a cell that contains the delimiter (98,7 in a comma-delimited file) in quotes.',
    ],
  ),
  'value-required': rowError(
    ({ expected }) => [
      `Thiếu số liệu${expected && `: cần ${namesInVietnamese(expected)}`}.`,
      `A figure is missing${expected && `: ${expected} is needed`}.`,
    ],
    () => [
      'Hãy điền số liệu, hoặc xóa dòng nếu chưa có.',
      'Fill it in, or delete the row if there is nothing to report yet.',
    ],
  ),
  'value-conflict': rowError(
    ({ value }) => [
      `Đã có ngày hoàn thành nhưng giá trị chỉ là ${value}.`,
      `There is a day of completion, yet the value is only ${value}.`,
    ],
    () => [
      'Hãy ghi 100 (hoặc để trống) nếu đã hoàn thành, hoặc bỏ ngày hoàn thành.',
      'Write 100 or nothing if it is complete, or remove the day.',
    ],
  ),
  'not-a-number': rowError(
    ({ value }) =>
      hasSpacedDigits(value)
        ? [`“${value}” có dấu cách giữa các chữ số.`, `“${value}” has a space between its digits.`]
        : [`“${value}” không phải là số.`, `“${value}” is not a number.`],
    ({ value }) =>
      hasSpacedDigits(value)
        ? [`Hãy viết liền: ${value.replace(/\s/g, '')}.`, `Write it without: ${value.replace(/\s/g, '')}.`]
        : [
            'Hãy chỉ ghi số, ví dụ 1640 hoặc 98,7; phần chữ để ở cột Ghi chú.',
            'Write digits only, such as 1640 or 98.7; remarks go into the note column.',
          ],
  ),
  'number-ambiguous': rowError(
    ({ value, expected, proof }) => {
      if (isSplit(expected)) {
        const [whole, rest] = value.split(',');
        return [
          `Ô này ghi ${whole}, ô liền sau chỉ ghi ${rest}: có thể là số ${value} bị dấu phẩy ngăn cột cắt đôi.`,
          `This cell has ${whole} and the next only ${rest}: perhaps ${value}, cut in two by the comma between columns.`,
        ];
      }
      const at = proof && placeText(proof.at);
      return expected
        ? [
            `“${value}” viết khác kiểu số của phần còn lại trong tệp (ví dụ ${expected}${at ? ` ở ${at.vi}` : ''}).`,
            `“${value}” is written in another style than the rest of the file (such as ${expected}${at ? ` in ${at.en}` : ''}).`,
          ]
        : [
            `“${value}” có thể hiểu là hai số khác nhau, và trong tệp không có gì cho biết dấu nào là dấu thập phân.`,
            `“${value}” can be read as two different numbers, and nothing in the file says which sign is the decimal one.`,
          ];
    },
    ({ expected }) =>
      isSplit(expected)
        ? [
            `Nếu là một số, hãy ghi ${expected.replace(' | ', ' hoặc ')}; nếu là hai ô riêng, hãy đặt ô sau trong ngoặc kép.`,
            `If it is one number, write ${expected.replace(' | ', ' or ')}; if these are two cells, put the second in quotes.`,
          ]
        : [
            'Hãy viết số không có dấu phân cách hàng nghìn, và dùng một kiểu dấu thập phân cho cả tệp.',
            'Write it without a thousands separator, and use one decimal sign in the whole file.',
          ],
  ),
  'not-an-integer': rowError(
    ({ value, readAs, proof }) => {
      const [vi, en] = readingText(readAs, proof);
      return [`“${value}”${vi} không phải là số nguyên.`, `“${value}”${en} is not a whole number.`];
    },
    () => ['Hãy ghi số lượng đếm được, không có phần thập phân.', 'Write a count, without decimals.'],
  ),
  'out-of-range': rowError(
    ({ value, expected, readAs, proof }) => {
      const [vi, en] = readingText(readAs, proof);
      return [
        `${value}${vi} nằm ngoài khoảng cho phép (${expected}).`,
        `${value}${en} is outside what is allowed (${expected}).`,
      ];
    },
    ({ readAs }) =>
      readAs
        ? [
            'Hãy kiểm tra lại con số này, và dùng một kiểu dấu thập phân cho cả tệp.',
            'Check the figure, and use one decimal sign in the whole file.',
          ]
        : ['Hãy kiểm tra lại con số này.', 'Check the figure.'],
  ),
  'text-too-long': rowError(
    ({ expected }) => [`Ô dài quá ${expected} ký tự.`, `The text is longer than ${expected} characters.`],
    () => ['Hãy rút gọn nội dung.', 'Shorten it.'],
  ),
  'period-invalid': rowError(
    ({ value }) => [
      value ? `“${value}” không phải là kỳ báo cáo.` : 'Thiếu kỳ báo cáo.',
      value ? `“${value}” is not a period.` : 'The period is missing.',
    ],
    ({ value, expected }) =>
      hintOnDay(value, expected) ?? [
        'Hãy ghi tháng 06/2022, Quý II/2022, năm 2022 hoặc ngày 15/06/2022; trong Excel nên để ô ở dạng Text.',
        'Write a month 2022-06, a quarter 2022-Q2, a year 2022 or a day 2022-06-15; in Excel format the cell as Text.',
      ],
  ),
  'period-in-future': rowError(
    ({ value, expected }) => [
      `Kỳ ${value} chưa bắt đầu vào ngày nhận tệp (${dayInVietnamese(expected)}).`,
      `The period ${value} had not begun on the day of receipt (${expected}).`,
    ],
    ({ value, expected }) => {
      const period = parsePeriod(value);
      const first = period && periodDays(period).first;
      return [
        `Hãy kiểm tra lại kỳ, hoặc gửi số liệu ${first ? `từ ngày ${formatDay(first)}` : 'khi kỳ đã bắt đầu'}; ngày nhận tệp ở đây là ${dayInVietnamese(expected)}.`,
        `Check the period, or send the figure ${first ? `from ${first} on` : 'once it has begun'}; the day of receipt here is ${expected}.`,
      ];
    },
  ),
  'date-invalid': rowError(
    ({ value }) => [`“${value}” không phải là ngày.`, `“${value}” is not a day.`],
    ({ value, expected }) =>
      hintOnDay(value, expected) ?? [
        'Hãy ghi ngày/tháng/năm, ví dụ 15/06/2022, hoặc 2022-06-15.',
        'Write 2022-06-15, or day/month/year as in 15/06/2022.',
      ],
  ),
  'date-in-future': rowError(
    ({ value, expected }) => [
      `Ngày hoàn thành ${value} sau ngày nhận tệp (${dayInVietnamese(expected)}).`,
      `The day of completion ${value} is after the day of receipt (${expected}).`,
    ],
    () => ['Hãy ghi ngày đã hoàn thành thực tế.', 'Write the day on which it was completed.'],
  ),
  'indicator-required': rowError(
    () => ['Thiếu mã chỉ tiêu.', 'The indicator is missing.'],
    () => [
      'Hãy điền mã chỉ tiêu, ví dụ II.9.1, hoặc xóa dòng.',
      'Fill in the indicator, such as II.9.1, or delete the row.',
    ],
  ),
  'indicator-unknown': rowError(
    ({ value }) => [`Không có chỉ tiêu nào mang mã “${value}”.`, `There is no indicator “${value}”.`],
    ({ value, expected }) =>
      isTotalLabel(value)
        ? [
            'Nếu đây là dòng cộng, hãy xóa: hệ thống tự cộng từ các địa bàn.',
            'If this is a total line, delete it: areas are summed for you.',
          ]
        : expected
          ? [
              `Có phải ý là ${expected}? Tệp mẫu của đơn vị có đủ các mã.`,
              `Did you mean ${expected}? The unit’s template has all ids.`,
            ]
          : ['Hãy lấy mã từ tệp mẫu của đơn vị.', 'Take the id from the unit’s template.'],
  ),
  'indicator-not-assigned': rowError(
    ({ value }) => [
      `Chỉ tiêu ${value} không giao cho đơn vị này.`,
      `The indicator ${value} is not assigned to this unit.`,
    ],
    () => ['Hãy xóa dòng, hoặc sửa lại mã chỉ tiêu.', 'Delete the row or correct the indicator.'],
  ),
  'unit-mismatch': rowError(
    ({ value, expected }) => [
      `Dòng ghi đơn vị “${value}”, nhưng tệp được gửi cho ${expected}.`,
      `The row names the unit “${value}”, but the file is sent for ${expected}.`,
    ],
    () => [
      'Hãy sửa tên đơn vị, hoặc gửi bằng tài khoản của đơn vị đó.',
      'Correct the name, or send it from that unit’s account.',
    ],
  ),
  'area-unknown': rowError(
    ({ value }) => [`Không có địa bàn nào mang mã “${value}”.`, `There is no area “${value}”.`],
    () => [
      'Hãy ghi mã huyện 3 chữ số hoặc mã xã 5 chữ số, giữ cả số 0 ở đầu (trong Excel để cột ở dạng Text); để trống nếu là toàn đơn vị.',
      'Write a 3-digit district or 5-digit commune code with its leading zeros (in Excel format the column as Text); leave it empty for the whole unit.',
    ],
  ),
  'area-outside-unit': rowError(
    ({ value }) => [
      `Địa bàn ${value} không thuộc đơn vị này.`,
      `The area ${value} does not belong to this unit.`,
    ],
    () => ['Hãy kiểm tra lại mã địa bàn.', 'Check the code.'],
  ),
  'area-not-allowed': rowError(
    () => [
      'Chỉ tiêu tăng trưởng chỉ báo cáo cho toàn đơn vị, không theo địa bàn.',
      'Growth is reported for the whole unit only, not by area.',
    ],
    () => [
      'Hãy ghi một dòng chung và để trống cột địa bàn.',
      'Write one row for the whole unit and leave the area empty.',
    ],
  ),
  'numerator-exceeds-denominator': rowError(
    ({ value, expected }) => [
      `Tử số ${value} lớn hơn mẫu số ${expected}.`,
      `The numerator ${value} exceeds the denominator ${expected}.`,
    ],
    () => ['Hãy kiểm tra xem hai số có bị đổi chỗ không.', 'Check whether the two are swapped.'],
  ),
  'value-contradicts-ratio': rowError(
    ({ value, expected }) => [
      `Giá trị ${value} không khớp với tử số chia mẫu số (${inVietnamese(expected)} %).`,
      `The value ${value} is not the ratio of numerator and denominator (${expected} %).`,
    ],
    () => ['Hãy sửa giá trị, hoặc để trống cột giá trị.', 'Correct the value, or leave it empty.'],
  ),
  'observation-duplicate': rowError(
    ({ expected }) => [
      `Chỉ tiêu, kỳ và địa bàn này đã có ở dòng ${expected}.`,
      `Indicator, period and area are those of row ${expected}.`,
    ],
    () => ['Hãy giữ lại một dòng.', 'Keep one of the rows.'],
  ),
  'total-contradicts-areas': rowError(
    ({ value, expected }) => [
      `Dòng tổng ghi ${inVietnamese(value)}, nhưng cộng các địa bàn được ${inVietnamese(expected)}.`,
      `The total says ${value}, but its areas give ${expected}.`,
    ],
    () => [
      'Hãy sửa dòng tổng hoặc bổ sung địa bàn còn thiếu; có thể bỏ dòng tổng, hệ thống tự cộng.',
      'Correct the total or add the missing areas; the total may be left out, it is summed for you.',
    ],
  ),
  'evidence-missing': rowError(
    () => [
      'Nhiệm vụ ghi là đã hoàn thành nhưng chưa có minh chứng.',
      'The milestone is complete, but there is no evidence.',
    ],
    () => ['Hãy điền số văn bản hoặc đường dẫn https.', 'Fill in the document number or an https address.'],
  ),

  'value-fell': entry(
    'warning',
    'history',
    ({ value, expected }) => [
      `Giảm từ ${inVietnamese(expected)} (đã công bố) xuống ${inVietnamese(value)}.`,
      `It fell from ${expected}, as published, to ${value}.`,
    ],
    () => [
      'Hãy kiểm tra lại; nếu đúng thì không cần làm gì.',
      'Check it; if it is right, there is nothing to do.',
    ],
  ),
  'value-jumped': entry(
    'warning',
    'history',
    ({ value, expected }) => [
      `Thay đổi rất lớn: từ ${inVietnamese(expected)} (đã công bố) thành ${inVietnamese(value)}.`,
      `It changed a great deal: from ${expected}, as published, to ${value}.`,
    ],
    () => [
      'Hãy kiểm tra dấu thập phân và số chữ số; nếu đúng thì không cần làm gì.',
      'Check the decimal sign and the number of digits; if it is right, there is nothing to do.',
    ],
  ),
  'areas-missing': entry(
    'warning',
    'history',
    ({ value, expected }) => [
      `Số địa bàn: ${inVietnamese(value)}, trong khi số liệu được thay thế có ${expected}.`,
      `Areas: ${value}, while the figure it replaces has ${expected}.`,
    ],
    () => [
      'Hãy gửi đủ các địa bàn: số liệu mới thay thế toàn bộ số liệu cũ.',
      'Send all areas: the new figure replaces the whole of the old one.',
    ],
  ),
} as const satisfies Record<string, IssueCodeEntry>;

/** The public code of an issue: stable, never reused. */
export type IssueCode = keyof typeof issueCodes;

/** Where an issue stands, as far as it stands somewhere. */
export type Place = Pick<Issue, 'row' | 'column' | 'cell'>;

/** Most of a cell's text that an issue repeats. */
const maxValueCharacters = 200;

/** An issue with its sentences: what is wrong and what to do, in both languages. */
export function createIssue(code: IssueCode, place: Place, facts: Partial<IssueFacts> = {}): Issue {
  const { severity, message, remedy } = entryOf(code);
  const shown = { ...facts, value: showText(facts.value ?? ''), expected: facts.expected ?? '' };
  const [said, advised] = [message(shown), remedy(shown)];
  return {
    code,
    severity,
    ...place,
    ...(facts.value === undefined ? {} : { value: shown.value }),
    ...(facts.expected === undefined ? {} : { expected: shown.expected }),
    message: { vi: `${said.vi} ${advised.vi}`, en: `${said.en} ${advised.en}` },
  };
}

/** Whether a code is in the registry; one of a newer program may not be. */
export function isIssueCode(code: string): code is IssueCode {
  return Object.hasOwn(issueCodes, code);
}

/** The entry of a code. */
export function entryOf(code: IssueCode): IssueCodeEntry {
  return issueCodes[code];
}

/** Whether a text in place of an indicator is the word for a sum below a table: `Tổng cộng`, `Cộng`. */
export function isTotalLabel(text: string): boolean {
  return text.length <= 100 && /^(tong|cong)/.test(foldName(text));
}

/** A cell's text cut to a bearable length, with characters nobody can see written as `[U+200F]`. */
export function showText(text: string): string {
  const cut = text.length > maxValueCharacters ? `${text.slice(0, maxValueCharacters)}…` : text;
  return cut
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    })
    .normalize('NFC');
}

const vietnameseNames: Record<string, string> = {
  indicator: 'mã chỉ tiêu',
  period: 'kỳ báo cáo',
  numerator: 'tử số',
  denominator: 'mẫu số',
  value: 'giá trị',
  completed_on: 'ngày hoàn thành',
};

/** Column names as a Vietnamese reader knows them: `numerator + denominator / value`. */
function namesInVietnamese(names: string): string {
  return names
    .replace(/[a-z_]+/g, (name) => vietnameseNames[name] ?? name)
    .replace(' / ', ' hoặc ')
    .replace(' + ', ' và ');
}

function dayInVietnamese(day: string): string {
  return isDay(day) ? formatDay(day) : day;
}

/** A number or a figure with what it is of, as a Vietnamese reader writes them: `98,70 (II.9.1, 06/2022, 30/06/2022)`. */
function inVietnamese(figure: string): string {
  return figure
    .replace(/^(-?\d+)\.(\d)/, '$1,$2')
    .replace(/\d{4}-\d{2}-\d{2}/g, dayInVietnamese)
    .replace(/(\d{4})-(\d{2})(?!\d)/g, '$2/$1');
}

/** Whether what would be right says of a number that it may have been cut in two: `"98,7" | 98.7`. */
function isSplit(expected: string): boolean {
  return expected.startsWith('"');
}

/** `1 640 000`: digits with spaces between them, and nothing but what numbers are written with. */
function hasSpacedDigits(text: string): boolean {
  return /^[+\-\u2212]?\d[\d.,]*(\s+[\d.,]+)+\s*%?$/.test(text);
}

/** How a number was read, as half a sentence behind it; empty when it can be read in one way only. */
function readingText(
  readAs: string | undefined,
  proof: IssueFacts['proof'],
): readonly [vi: string, en: string] {
  if (readAs === undefined || proof === undefined) return ['', ''];
  const { vi, en } = placeText(proof.at);
  const [sign, signEn] = proof.decimal === ',' ? ['dấu phẩy', 'comma'] : ['dấu chấm', 'point'];
  return [
    `, được đọc là ${inVietnamese(readAs)} vì “${proof.text}” ở ${vi} cho thấy dấu thập phân là ${sign},`,
    `, read as ${readAs} because “${proof.text}” in ${en} shows a decimal ${signEn},`,
  ];
}

function placeText({ cell, row, column }: Place): Bilingual {
  if (cell) return { vi: `ô ${cell}`, en: cell };
  return { vi: `dòng ${row} cột “${column}”`, en: `row ${row}, “${column}”` };
}

/** What to do about a day or period that a program could read, but only by a guess. */
function hintOnDay(value: string, expected: string): readonly [vi: string, en: string] | undefined {
  if (isDay(expected)) {
    return [
      `Ngày đứng trước tháng: có phải ý là ${formatDay(expected)}?`,
      `The day comes before the month: did you mean ${formatDay(expected)}?`,
    ];
  }
  if (/^\d{1,2}([/.-])\d{1,2}\1\d{2}$/.test(value)) {
    return [
      'Năm chỉ có hai chữ số nên không đoán; hãy ghi đủ bốn chữ số, ví dụ 15/06/2022.',
      'A year of two digits is not guessed; write all four, as in 15/06/2022.',
    ];
  }
  if (/^\d{6}$/.test(value)) {
    return [
      'Sáu chữ số liền nhau có thể hiểu nhiều cách nên không đoán; hãy ghi tháng như 06/2022 hoặc 2022-06.',
      'Six digits can be read in several ways and are not guessed; write a month as 06/2022 or 2022-06.',
    ];
  }
  return undefined;
}

function fileError(message: Sentences, remedy: Sentences): IssueCodeEntry {
  return entry('error', 'file', message, remedy);
}

function rowError(message: Sentences, remedy: Sentences): IssueCodeEntry {
  return entry('error', 'row', message, remedy);
}

function entry(
  severity: Issue['severity'],
  scope: IssueCodeEntry['scope'],
  message: Sentences,
  remedy: Sentences,
): IssueCodeEntry {
  return { severity, scope, message: bilingual(message), remedy: bilingual(remedy) };
}

function bilingual(sentences: Sentences): (facts: IssueFacts) => Bilingual {
  return (facts) => {
    const [vi, en] = sentences(facts);
    return { vi, en };
  };
}
