import type { NamedQuery, Parameter } from '../named-query.ts';
import { columnsNamed } from './columns.ts';
import { unit } from './parameters.ts';

const since: Parameter = {
  name: 'since',
  kind: 'day',
  title: { vi: 'Chỉ các thay đổi từ ngày này', en: 'Only changes on or after this day' },
  default: '2000-01-01',
};

/** What was replaced or withdrawn, by whom and why. */
export const corrections: NamedQuery = {
  name: 'corrections',
  title: { vi: 'Ai đã đính chính hoặc rút số liệu gì', en: 'Who corrected or withdrew what' },
  description: {
    vi: 'Mỗi lần một số liệu hiện hành bị thay bằng số khác hoặc bị rút: số trước, số sau, tài khoản và lý do. Nộp lại đúng số cũ không phải là đính chính.',
    en: 'Each time a current figure was replaced by another one or withdrawn: the value before and after, the account, and the reason. Sending the same figure again is no correction.',
  },
  parameters: [since, unit],
  columns: columnsNamed(
    'changed_at',
    'act',
    'unit_id',
    'indicator_id',
    'period',
    'as_at',
    'value_before',
    'value_after',
    'numerator_before',
    'numerator_after',
    'denominator_before',
    'denominator_after',
    'submission_before',
    'submission_after',
    'changed_by',
    'reason',
  ),
  sql: `with ended as (
  select
    o.unit_id,
    o.indicator_id,
    o.period,
    o.as_at,
    o.known_to as changed_at,
    case when s.withdrawn_at <= o.known_to then 'withdrawn' else 'corrected' end as act,
    o.value as value_before,
    n.value as value_after,
    o.numerator as numerator_before,
    n.numerator as numerator_after,
    o.denominator as denominator_before,
    n.denominator as denominator_after,
    o.completed_on as completed_on_before,
    n.completed_on as completed_on_after,
    o.submission_id as submission_before,
    n.submission_id as submission_after,
    s.withdrawn_by,
    s.withdrawal_reason
  from points o
  join submissions s on s.unit_id = o.unit_id and s.submission_id = o.submission_id
  left join points n
    on n.unit_id = o.unit_id
    and n.indicator_id = o.indicator_id
    and n.period = o.period
    and n.as_at = o.as_at
    and n.known_from = o.known_to
    and (n.known_to is null or n.known_to > n.known_from)
  where o.known_from < o.known_to
)
select
  e.changed_at,
  e.act,
  e.unit_id,
  e.indicator_id,
  e.period,
  e.as_at,
  e.value_before,
  e.value_after,
  e.numerator_before,
  e.numerator_after,
  e.denominator_before,
  e.denominator_after,
  e.submission_before,
  e.submission_after,
  case when e.act = 'withdrawn' then e.withdrawn_by else a.requested_by end as changed_by,
  case when e.act = 'withdrawn' then e.withdrawal_reason end as reason
from ended e
left join submissions a on a.unit_id = e.unit_id and a.submission_id = e.submission_after
where e.changed_at >= cast(date '\${since}' as timestamp) - interval '7' hour
  and ('\${unit}' = '*' or e.unit_id = '\${unit}')
  and (
    e.act = 'withdrawn'
    or e.value_before is distinct from e.value_after
    or e.numerator_before is distinct from e.numerator_after
    or e.denominator_before is distinct from e.denominator_after
    or e.completed_on_before is distinct from e.completed_on_after
  )
order by e.changed_at desc, e.unit_id, e.indicator_id, e.as_at, e.period`,
};
