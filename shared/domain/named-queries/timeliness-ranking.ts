import { type Instant, monthsFrom, type Period } from '../calendar.ts';
import type { Directive } from '../catalogue.ts';
import type { NamedQuery } from '../named-query.ts';
import { reportOverdueAt } from '../reporting.ts';
import { columnsNamed } from './columns.ts';
import { day, endOfDay } from './parameters.ts';

/**
 * Who reports in time. It counts the months for which a directive expects a report, hence it is written for one; of
 * these, what is due by the end of the day asked for, and by now: a day that is assessed is over.
 */
export function timelinessRanking(directive: Pick<Directive, 'reports'>): NamedQuery {
  const months = reportMonths(directive).map(
    (month) => `(date '${month}-01', timestamp '${sqlTimestamp(reportOverdueAt(directive, month))}')`,
  );
  return {
    name: 'timeliness-ranking',
    title: { vi: 'Xếp hạng nộp báo cáo đúng hạn', en: 'Ranking by timeliness of reports' },
    description: {
      vi: `Số báo cáo tháng đã đến hạn, đã nhận và đúng hạn (chậm nhất hết ngày ${directive.reports.dueDayOfMonth}) của từng đơn vị; tháng chưa đến hạn không tính; cùng số đúng hạn và số đã nhận thì cùng hạng.`,
      en: `Monthly reports expected so far, received and on time (by the end of day ${directive.reports.dueDayOfMonth}) of each unit; a month that is not due yet does not count; units with the same numbers on time and received share a place.`,
    },
    parameters: [day],
    columns: columnsNamed(
      'place',
      'unit_id',
      'name',
      'kind',
      'expected',
      'received',
      'on_time',
      'on_time_percentage',
    ),
    sql: `with months (first_day, overdue_at) as (
  values
    ${months.join(',\n    ')}
),
receipts as (
  select
    p.unit_id,
    m.first_day,
    min(p.received_at) as received_at
  from months m
  join points p on p.as_at >= m.first_day and p.as_at < m.first_day + interval '1' month
  join submissions s on s.unit_id = p.unit_id and s.submission_id = p.submission_id
  where s.accepted_at < ${endOfDay}
    and (s.withdrawn_at is null or s.withdrawn_at >= ${endOfDay})
  group by p.unit_id, m.first_day
),
counted as (
  select
    u.unit_id,
    u.name,
    u.kind,
    count(*) as expected,
    count(r.received_at) as received,
    count(case when r.received_at < m.overdue_at then 1 end) as on_time
  from units u
  cross join months m
  left join receipts r on r.unit_id = u.unit_id and r.first_day = m.first_day
  where m.overdue_at < ${endOfDay}
    and m.overdue_at <= (select cast(max(assessed_on) as timestamp) + interval '17' hour from assessments)
  group by u.unit_id, u.name, u.kind
)
select
  rank() over (order by on_time desc, received desc) as place,
  unit_id,
  name,
  kind,
  expected,
  received,
  on_time,
  floor(1e4 * cast(on_time as double) / cast(expected as double)) / 1e2 as on_time_percentage
from counted
order by on_time desc, received desc, unit_id`,
  };
}

function reportMonths({ reports }: Pick<Directive, 'reports'>): Period[] {
  const months: Period[] = [];
  for (const month of monthsFrom(reports.from)) {
    if (month > reports.to) break;
    months.push(month);
  }
  return months;
}

/** `2022-04-25T17:00:00.000Z` → `2022-04-25 17:00:00`. */
function sqlTimestamp(instant: Instant): string {
  return instant.slice(0, 19).replace('T', ' ');
}
