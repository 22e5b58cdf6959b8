import type { Bilingual } from './catalogue.ts';

/**
 * What a cell is. A DATE is a calendar day in Asia/Ho_Chi_Minh, a TIMESTAMP an instant in UTC without zone, to the
 * millisecond. A DECIMAL has at most 38 digits, the second number of them after the point.
 */
export type ColumnType =
  | 'VARCHAR'
  | 'BOOLEAN'
  | 'DATE'
  | 'TIMESTAMP'
  | 'BIGINT'
  | `DECIMAL(${number},${number})`;

/** One column of a table. `unit` is the unit of measure, where there is one. */
export interface Column<
  Name extends string = string,
  Type extends ColumnType = ColumnType,
  IsNullable extends boolean = boolean,
> {
  /** snake_case, the same in Parquet, Athena and DuckDB. */
  name: Name;
  type: Type;
  title: Bilingual;
  unit?: Bilingual;
  isNullable: IsNullable;
}

/**
 * How a table is divided into objects: one for all, one for each unit, some for each accepted submission, or one
 * for each day.
 */
export type Layout = 'whole' | 'unit' | 'submission' | 'day';

/** One table of the export; `grain` says what one row is. */
export interface Table {
  name: string;
  title: Bilingual;
  grain: Bilingual;
  layout: Layout;
  columns: readonly Column[];
}

/**
 * What was reported, exactly: any whole number that intake takes has 16 digits at most, and 12 decimals are more
 * than a percentage needs. A longer decimal is cut (rounded down); `value_text` has all of it.
 */
const exact = 'DECIMAL(28,12)';
/** As the API shows it: two decimals, rounded down. */
const shown = 'DECIMAL(18,2)';
const threshold = 'DECIMAL(22,6)';

const percentOrCount: Bilingual = {
  vi: '%, hoặc số lượng với chỉ tiêu dạng count',
  en: '%, or a number of things for an indicator of kind count',
};
const bytes: Bilingual = { vi: 'byte', en: 'bytes' };
const days: Bilingual = { vi: 'ngày', en: 'days' };

/** A column that is never null. */
function column<const Name extends string, const Type extends ColumnType>(
  name: Name,
  type: Type,
  vi: string,
  en: string,
  unit?: Bilingual,
): Column<Name, Type, false> {
  return { name, type, title: { vi, en }, ...(unit && { unit }), isNullable: false };
}

/** A column that may be null. */
function nullable<const Name extends string, const Type extends ColumnType>(
  name: Name,
  type: Type,
  vi: string,
  en: string,
  unit?: Bilingual,
): Column<Name, Type, true> {
  return { ...column(name, type, vi, en, unit), isNullable: true };
}

const unitId = column('unit_id', 'VARCHAR', 'Mã đơn vị (74, BTTTT)', 'Unit id (74, BTTTT)');
const submissionId = column(
  'submission_id',
  'VARCHAR',
  'Mã lượt nộp (ULID, xếp theo thời điểm xin nộp)',
  'Submission id (a ULID, which sorts by the time of the request)',
);
const indicatorId = column('indicator_id', 'VARCHAR', 'Mã chỉ tiêu (II.9.1)', 'Indicator id (II.9.1)');
const taskRef = column('task_ref', 'VARCHAR', 'Ký hiệu nhiệm vụ (II.9)', 'Ref of the task (II.9)');
const period = column(
  'period',
  'VARCHAR',
  'Kỳ số liệu: 2022-06, 2022-Q2, 2022 hoặc 2022-06-15',
  'Period: 2022-06, 2022-Q2, 2022 or 2022-06-15',
);
const asAt = column(
  'as_at',
  'DATE',
  'Ngày số liệu phản ánh: ngày cuối kỳ, hoặc ngày nhận nếu kỳ chưa hết',
  'The day the figure speaks for: the last of its period, or the day of receipt while that is to come',
);
const completedOn = nullable('completed_on', 'DATE', 'Ngày hoàn thành', 'Day of completion');
const receivedAt = column('received_at', 'TIMESTAMP', 'Thời điểm nhận tệp', 'When the file was received');
const acceptedAt = column('accepted_at', 'TIMESTAMP', 'Thời điểm công bố', 'When it was published');
const alertId = column(
  'alert_id',
  'VARCHAR',
  'Mã cảnh báo: loại|đối tượng|thời điểm bắt đầu',
  'Alert id: kind|subject|episode',
);

const observations = {
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

const points = {
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

const submissions = {
  name: 'submissions',
  title: { vi: 'Lượt nộp', en: 'Submissions' },
  grain: {
    vi: 'Một lượt nộp đã có kết quả, kể cả bị trả lại, bị rút hoặc hết hạn',
    en: 'One submission that has its outcome, also one that was rejected, withdrawn or expired',
  },
  layout: 'unit',
  columns: [
    unitId,
    submissionId,
    column(
      'state',
      'VARCHAR',
      'Trạng thái: accepted, rejected, failed, expired',
      'State: accepted, rejected, failed, expired',
    ),
    column('file_name', 'VARCHAR', 'Tên tệp', 'File name'),
    column('bytes', 'BIGINT', 'Dung lượng', 'Size', bytes),
    column('sha256', 'VARCHAR', 'SHA-256 của tệp, thập lục phân', 'SHA-256 of the file, in hexadecimal'),
    column('requested_at', 'TIMESTAMP', 'Thời điểm xin nộp', 'When the upload was asked for'),
    column('requested_by', 'VARCHAR', 'Mã tài khoản xin nộp', 'Subject of the account that asked'),
    nullable('received_at', 'TIMESTAMP', 'Thời điểm nhận tệp', 'When the file was received'),
    nullable('accepted_at', 'TIMESTAMP', 'Thời điểm được nhận', 'When it was accepted'),
    nullable('rejected_at', 'TIMESTAMP', 'Thời điểm bị trả lại', 'When it was rejected'),
    nullable('failed_at', 'TIMESTAMP', 'Thời điểm hệ thống gặp sự cố', 'When checking it failed'),
    nullable('withdrawn_at', 'TIMESTAMP', 'Thời điểm bị rút', 'When it was withdrawn'),
    nullable('withdrawn_by', 'VARCHAR', 'Mã tài khoản rút', 'Subject of the account that withdrew it'),
    nullable('withdrawal_reason', 'VARCHAR', 'Lý do rút', 'Why it was withdrawn'),
    nullable('year', 'BIGINT', 'Năm của các kỳ số liệu', 'Calendar year of its periods'),
    nullable('rows', 'BIGINT', 'Số dòng', 'Rows'),
    nullable('observations', 'BIGINT', 'Số dòng số liệu', 'Observations'),
    column('errors', 'BIGINT', 'Số lỗi', 'Number of errors'),
    column('warnings', 'BIGINT', 'Số cảnh báo về tệp', 'Number of warnings'),
  ],
} as const satisfies Table;

const submissionIssues = {
  name: 'submission_issues',
  title: { vi: 'Lỗi của lượt nộp', en: 'Issues of submissions' },
  grain: { vi: 'Một mã lỗi của một lượt nộp', en: 'One issue code of one submission' },
  layout: 'unit',
  columns: [
    unitId,
    submissionId,
    column('code', 'VARCHAR', 'Mã lỗi (docs/issue-codes.md)', 'Issue code (docs/issue-codes.md)'),
    column('severity', 'VARCHAR', 'Mức: error, warning', 'Severity: error, warning'),
    column('count', 'BIGINT', 'Số lần', 'How often'),
  ],
} as const satisfies Table;

const assessments = {
  name: 'assessments',
  title: { vi: 'Đánh giá hằng ngày', en: 'Daily assessments' },
  grain: {
    vi: 'Một chỉ tiêu của một đơn vị (và một kỳ nếu lặp lại), như được biết vào cuối một ngày',
    en: 'One obligation as it was known at the end of one day',
  },
  layout: 'day',
  columns: [
    column('assessed_on', 'DATE', 'Ngày đánh giá: tình trạng cuối ngày', 'The day, as of its end'),
    unitId,
    column(
      'obligation_id',
      'VARCHAR',
      'Mã nghĩa vụ (74:II.9.1, 74:1.q.1:2023)',
      'Obligation id (74:II.9.1, 74:1.q.1:2023)',
    ),
    indicatorId,
    taskRef,
    nullable('due', 'DATE', 'Thời hạn; null nếu không có', 'Due date; null where there is none'),
    column(
      'state',
      'VARCHAR',
      'Trạng thái: met, unscheduled, met-late, overdue, at-risk, on-track, awaited',
      'State: met, unscheduled, met-late, overdue, at-risk, on-track, awaited',
    ),
    nullable(
      'value',
      shown,
      'Số liệu làm căn cứ, 2 số thập phân, làm tròn xuống',
      'The figure the state rests on, two decimals, rounded down',
      percentOrCount,
    ),
    column('target', 'VARCHAR', 'Mục tiêu, dạng chữ (≥ 100 %)', 'The target as text (≥ 100 %)'),
    column(
      'threshold',
      threshold,
      'Ngưỡng của mục tiêu, dạng số',
      'The threshold of the target as a number',
      percentOrCount,
    ),
    nullable(
      'days_left',
      'BIGINT',
      'Số ngày còn lại; 0 vào ngày đến hạn, âm khi đã quá hạn',
      'Days left; 0 on the due day, negative after it',
      days,
    ),
    nullable(
      'projection',
      shown,
      'Giá trị dự báo vào ngày đến hạn',
      'The value projected for the due date',
      percentOrCount,
    ),
    nullable('as_at', 'DATE', 'Ngày số liệu phản ánh', 'The day that figure speaks for'),
    nullable(
      'reported_late_on',
      'DATE',
      'Ngày nhận được số liệu đạt mục tiêu, nếu sau thời hạn',
      'The day the figure that meets it arrived, where that was after the due date',
    ),
    column('reason_vi', 'VARCHAR', 'Lý do, tiếng Việt', 'The reason, in Vietnamese'),
    column('reason_en', 'VARCHAR', 'Lý do, tiếng Anh', 'The reason, in English'),
  ],
} as const satisfies Table;

const alerts = {
  name: 'alerts',
  title: { vi: 'Cảnh báo', en: 'Alerts' },
  grain: { vi: 'Một giai đoạn của một cảnh báo', en: 'One stage of one alert' },
  layout: 'unit',
  columns: [
    alertId,
    unitId,
    column(
      'kind',
      'VARCHAR',
      'Loại: deadline-missed, due-soon, forecast, fell-below, report-missing, file-rejected …',
      'Kind: deadline-missed, due-soon, forecast, fell-below, report-missing, file-rejected …',
    ),
    column('subject', 'VARCHAR', 'Đối tượng (74:II.9.1, 74:report …)', 'Subject (74:II.9.1, 74:report …)'),
    nullable('indicator_id', 'VARCHAR', 'Mã chỉ tiêu', 'Indicator id'),
    nullable('due', 'DATE', 'Thời hạn', 'Due date'),
    column(
      'episode_at',
      'TIMESTAMP',
      'Thời điểm bắt đầu của nguyên nhân',
      'The instant at which its cause began',
    ),
    column(
      'stage',
      'VARCHAR',
      'Giai đoạn: 30, 14, 7, 1, missed, day-7, escalated-7, resolved, superseded …',
      'Stage: 30, 14, 7, 1, missed, day-7, escalated-7, resolved, superseded …',
    ),
    column('stage_at', 'TIMESTAMP', 'Thời điểm giai đoạn bắt đầu', 'The instant the stage is for'),
    column('decided_at', 'TIMESTAMP', 'Thời điểm quyết định', 'When it was decided'),
    column('is_urgent', 'BOOLEAN', 'Phải báo ngay', 'Whether it was to be told at once'),
    nullable('reason_vi', 'VARCHAR', 'Lý do, tiếng Việt', 'The reason, in Vietnamese'),
    nullable('reason_en', 'VARCHAR', 'Lý do, tiếng Anh', 'The reason, in English'),
  ],
} as const satisfies Table;

const acknowledgements = {
  name: 'acknowledgements',
  title: { vi: 'Ghi nhận cảnh báo', en: 'Acknowledgements' },
  grain: { vi: 'Một lần ghi nhận một cảnh báo', en: 'One acknowledgement of one alert' },
  layout: 'unit',
  columns: [
    alertId,
    unitId,
    column('acknowledged_at', 'TIMESTAMP', 'Thời điểm ghi nhận', 'When it was acknowledged'),
    column('until', 'TIMESTAMP', 'Hiệu lực đến', 'Until when that lasts'),
    column('by_unit', 'VARCHAR', 'Đơn vị ghi nhận', 'The unit that acknowledged it'),
    column('standing', 'VARCHAR', 'Vai trò: unit, body, top', 'Where that unit stands: unit, body, top'),
    column('comment', 'VARCHAR', 'Ý kiến', 'Comment'),
  ],
} as const satisfies Table;

const notifications = {
  name: 'notifications',
  title: { vi: 'Thông báo', en: 'Notifications' },
  grain: {
    vi: 'Một giai đoạn cảnh báo được báo trong một tin gửi một đầu mối; tin không nói về cảnh báo nào có một dòng',
    en: 'One alert stage told by one message to one coordinator; a message about none has one row',
  },
  layout: 'unit',
  columns: [
    column(
      'notification_id',
      'VARCHAR',
      'Mã thông báo: ngày#đầu mối#kênh#phiên bản',
      'Notification id: day#coordinator#channel#version',
    ),
    column('unit_id', 'VARCHAR', 'Đơn vị của đầu mối', "The coordinator's unit"),
    column('coordinator_id', 'VARCHAR', 'Mã đầu mối', 'Coordinator id'),
    column('channel', 'VARCHAR', 'Kênh: email, sms', 'Channel: email, sms'),
    column('purpose', 'VARCHAR', 'Mục đích: digest, urgent, all-clear', 'Purpose: digest, urgent, all-clear'),
    column('day', 'DATE', 'Ngày', 'Day'),
    column('state', 'VARCHAR', 'Trạng thái: sent, abandoned', 'State: sent, abandoned'),
    column('decided_at', 'TIMESTAMP', 'Thời điểm quyết định', 'When it was decided'),
    nullable('sent_at', 'TIMESTAMP', 'Thời điểm gửi', 'When it was sent'),
    nullable('message_id', 'VARCHAR', 'Mã tin do nhà mạng cấp', 'Message id given by the carrier'),
    column('failures', 'BIGINT', 'Số lần gửi không thành công', 'Attempts that failed'),
    nullable('alert_id', 'VARCHAR', 'Mã cảnh báo được báo', 'The alert it tells of'),
    nullable('stage', 'VARCHAR', 'Giai đoạn được báo', 'The stage it tells of'),
  ],
} as const satisfies Table;

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

const units = {
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

const areas = {
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

const tasks = {
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

const indicators = {
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

const coordinatingBodies = {
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

/**
 * The one list of tables and columns: the Parquet files, the Glue tables, the local views and the dictionary are made
 * from it. Columns are in the order of the files.
 */
export const tables = [
  observations,
  points,
  submissions,
  submissionIssues,
  assessments,
  alerts,
  acknowledgements,
  notifications,
  units,
  areas,
  tasks,
  indicators,
  coordinatingBodies,
] as const satisfies readonly Table[];

/** The name of a table. */
export type TableName = (typeof tables)[number]['name'];
/** The names of all tables, in the order of the list. */
export const tableNames: readonly TableName[] = tables.map(({ name }) => name);

/** The definition of a table. */
export function tableOf(name: TableName): Table {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new RangeError(`There is no table ${name}`);
  return found;
}

/** What a cell holds: a DATE as `2022-06-30`, a TIMESTAMP as an instant, a DECIMAL in plain notation. */
export type Cell = string | number | boolean | null;
type CellOf<Type extends ColumnType> = Type extends 'BOOLEAN'
  ? boolean
  : Type extends 'BIGINT'
    ? number
    : string;

type ColumnsOf<Name extends TableName> = Extract<(typeof tables)[number], { name: Name }>['columns'][number];

/** One row of a table: a cell for each of its columns. */
export type RowOf<Name extends TableName> = {
  [C in ColumnsOf<Name> as C['name']]: CellOf<C['type']> | (C['isNullable'] extends true ? null : never);
};
/** A row of any table. */
export type Row = Readonly<Record<string, Cell>>;

/** Digits before and after the point of a DECIMAL together, and those after it; `undefined` for other types. */
export function decimalOf(type: ColumnType): { precision: number; scale: number } | undefined {
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  return match ? { precision: Number(match[1]), scale: Number(match[2]) } : undefined;
}
