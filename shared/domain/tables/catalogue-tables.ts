import { indicatorId, percentOrCount, taskRef, threshold, unitId } from './common-columns.ts';
import { column, nullable, type Table } from './table.ts';

const validFrom = nullable(
  'valid_from',
  'DATE',
  'Có hiệu lực từ ngày; null là không giới hạn',
  'Valid from this day; null for no limit',
);
const validTo = nullable(
  'valid_to',
  'DATE',
  'Có hiệu lực đến hết ngày; null là không giới hạn',
  'Valid through this day; null for no limit',
);

/** Who owes figures. */
export const units = {
  name: 'units',
  title: { vi: 'Đơn vị', en: 'Units' },
  grain: { vi: 'Một tỉnh, thành phố hoặc bộ, ngành', en: 'One province or agency' },
  layout: 'whole',
  columns: [
    unitId,
    column('kind', 'VARCHAR', 'Loại: province, agency', 'Kind: province, agency'),
    column('name', 'VARCHAR', 'Tên', 'Name'),
    column('name_en', 'VARCHAR', 'Tên tiếng Anh', 'Name in English'),
    nullable('iso', 'VARCHAR', 'Mã ISO 3166-2 (2022)', 'ISO 3166-2 code as of 2022'),
    validFrom,
    validTo,
  ],
} as const satisfies Table;

/** The districts and communes figures are given for. */
export const areas = {
  name: 'areas',
  title: { vi: 'Địa bàn', en: 'Areas' },
  grain: { vi: 'Một huyện hoặc một xã', en: 'One district or commune' },
  layout: 'whole',
  columns: [
    column('area_id', 'VARCHAR', 'Mã huyện (3 số) hoặc xã (5 số)', 'Code: 3 digits district, 5 commune'),
    column('name', 'VARCHAR', 'Tên', 'Name'),
    column('level', 'VARCHAR', 'Cấp: district, commune', 'Level: district, commune'),
    column('district_id', 'VARCHAR', 'Mã huyện', 'District code'),
    column('province_id', 'VARCHAR', 'Mã tỉnh', 'Province code'),
  ],
} as const satisfies Table;

const dueType = column(
  'due_type',
  'VARCHAR',
  'Loại thời hạn: date, annual, monthly, per-plan, ongoing, none',
  'Type of due date: date, annual, monthly, per-plan, ongoing, none',
);
const due = nullable('due', 'DATE', 'Thời hạn, nếu là một ngày', 'Due date, where it is one day');
const dueMonth = nullable(
  'due_month',
  'BIGINT',
  'Tháng đến hạn hằng năm, 1 đến 12',
  'Month a yearly duty is due in, 1 to 12',
);
const titleVi = column('title_vi', 'VARCHAR', 'Tên tiếng Việt', 'Title in Vietnamese');
const titleEn = column('title_en', 'VARCHAR', 'Tên tiếng Anh', 'Title in English');

/** What the directive asks for. */
export const tasks = {
  name: 'tasks',
  title: { vi: 'Nhiệm vụ', en: 'Tasks' },
  grain: { vi: 'Một nhiệm vụ của chỉ thị', en: 'One item of the directive' },
  layout: 'whole',
  columns: [
    taskRef,
    column(
      'owner',
      'VARCHAR',
      'Mã đơn vị chịu trách nhiệm; * là mọi đơn vị',
      'Unit that owes it; * for every unit',
    ),
    titleVi,
    titleEn,
    dueType,
    due,
    dueMonth,
  ],
} as const satisfies Table;

/** What is measured of it, with its target. */
export const indicators = {
  name: 'indicators',
  title: { vi: 'Chỉ tiêu', en: 'Indicators' },
  grain: { vi: 'Một chỉ tiêu của một nhiệm vụ', en: 'One indicator of a task' },
  layout: 'whole',
  columns: [
    indicatorId,
    taskRef,
    column(
      'kind',
      'VARCHAR',
      'Loại: percent, count, growth, milestone',
      'Kind: percent, count, growth, milestone',
    ),
    titleVi,
    titleEn,
    column(
      'target_op',
      'VARCHAR',
      'Phép so sánh: at-least, more-than, range, about',
      'Comparator: at-least, more-than, range, about',
    ),
    column('threshold', threshold, 'Ngưỡng phải đạt', 'What must be reached', percentOrCount),
    nullable('threshold_high', threshold, 'Mức cao của khoảng', 'The high end of a range', percentOrCount),
    dueType,
    due,
    dueMonth,
  ],
} as const satisfies Table;

/** Who works on it with its owner. */
export const coordinatingBodies = {
  name: 'coordinating_bodies',
  title: { vi: 'Đơn vị phối hợp', en: 'Coordinating bodies' },
  grain: { vi: 'Một đơn vị phối hợp của một nhiệm vụ', en: 'One coordinating body of one task' },
  layout: 'whole',
  columns: [
    taskRef,
    column(
      'body',
      'VARCHAR',
      'Mã đơn vị, hoặc nguyên văn trong chỉ thị',
      'Unit id, or the words of the directive',
    ),
  ],
} as const satisfies Table;
