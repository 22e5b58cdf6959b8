import { alertId, unitId } from './common-columns.ts';
import { column, nullable, type Table } from './table.ts';

/** What was decided, stage by stage. */
export const alerts = {
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

/** Who took note of it, and until when. */
export const acknowledgements = {
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

/** What was sent about it, and to whom. */
export const notifications = {
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
