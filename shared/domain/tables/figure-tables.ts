import {
  acceptedAt,
  asAt,
  completedOn,
  exact,
  indicatorId,
  percentOrCount,
  period,
  receivedAt,
  submissionId,
  unitId,
} from './common-columns.ts';
import { column, nullable, type Table } from './table.ts';

/** What accepted files said, row by row. */
export const observations = {
  name: 'observations',
  title: { vi: 'Số liệu', en: 'Observations' },
  grain: {
    vi: 'Một dòng của một tệp được nhận, kể cả tệp sau đó bị thay thế hoặc bị rút',
    en: 'One row of an accepted file, also of one that was superseded or withdrawn later',
  },
  layout: 'submission',
  columns: [
    unitId,
    submissionId,
    column(
      'row_number',
      'BIGINT',
      'Số dòng như Excel hiển thị; với JSON là thứ tự từ 1',
      'Row as Excel shows it; in JSON the position from 1',
    ),
    indicatorId,
    period,
    asAt,
    nullable(
      'area_id',
      'VARCHAR',
      'Mã huyện (3 số) hoặc xã (5 số); rỗng (null) là cả đơn vị',
      'District (3 digits) or commune (5 digits); null for the whole unit',
    ),
    nullable('numerator', 'BIGINT', 'Tử số', 'Numerator'),
    nullable('denominator', 'BIGINT', 'Mẫu số', 'Denominator'),
    nullable(
      'value',
      exact,
      'Giá trị được báo cáo, tối đa 12 số thập phân, làm tròn xuống',
      'The value reported, up to 12 decimals, rounded down',
      percentOrCount,
    ),
    nullable(
      'value_text',
      'VARCHAR',
      'Giá trị đúng như được báo cáo, đủ mọi chữ số',
      'The value as it was reported, with all its digits',
      percentOrCount,
    ),
    completedOn,
    nullable('evidence', 'VARCHAR', 'Minh chứng', 'Evidence'),
    nullable('note', 'VARCHAR', 'Ghi chú', 'Note'),
  ],
} as const satisfies Table;

/** What was published of it, with what is current and what was once. */
export const points = {
  name: 'points',
  title: { vi: 'Số liệu công bố', en: 'Points' },
  grain: {
    vi:
      'Một số liệu công bố (đơn vị, chỉ tiêu, kỳ, ngày) của một lượt nộp, trong một khoảng thời gian nó là số liệu hiện hành; ' +
      'số liệu chưa từng hiện hành có một dòng với known_from = known_to',
    en:
      'One published figure (unit, indicator, period, as-at day) of one submission, for one span of time in which it was the ' +
      'current one; one that never was has a row with known_from = known_to',
  },
  layout: 'unit',
  columns: [
    unitId,
    indicatorId,
    period,
    asAt,
    nullable('numerator', 'BIGINT', 'Tử số, cộng các địa bàn', 'Numerator, summed over areas'),
    nullable('denominator', 'BIGINT', 'Mẫu số, cộng các địa bàn', 'Denominator, summed over areas'),
    column(
      'value',
      exact,
      'Giá trị: tử số / mẫu số × 100 nếu có, nếu không là giá trị được báo cáo; 12 số thập phân, làm tròn xuống',
      'The value: numerator / denominator × 100 where given, else as reported; 12 decimals, rounded down',
      percentOrCount,
    ),
    nullable(
      'value_text',
      'VARCHAR',
      'Giá trị đúng như được báo cáo, nếu không có tử số và mẫu số',
      'The value as it was reported, where there is no numerator and denominator',
      percentOrCount,
    ),
    completedOn,
    column(
      'areas',
      'BIGINT',
      'Số địa bàn được cộng; 0 là số liệu của cả đơn vị',
      'Number of areas summed; 0 for a figure of the whole unit',
    ),
    submissionId,
    receivedAt,
    acceptedAt,
    column(
      'known_from',
      'TIMESTAMP',
      'Từ thời điểm này là số liệu hiện hành (kể cả)',
      'From when it was the current figure (inclusive)',
    ),
    nullable(
      'known_to',
      'TIMESTAMP',
      'Đến thời điểm này (không kể) là số liệu hiện hành; null là vẫn hiện hành',
      'Until when it was the current figure (exclusive); null where it still is',
    ),
  ],
} as const satisfies Table;
