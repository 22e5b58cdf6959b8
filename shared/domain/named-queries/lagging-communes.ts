import type { NamedQuery } from '../named-query.ts';
import { columnsNamed } from './columns.ts';
import { indicator, periodRank, unit } from './parameters.ts';

/** The communes that do not reach an indicator's target. */
export const laggingCommunes: NamedQuery = {
  name: 'lagging-communes',
  title: { vi: 'Các xã chưa đạt của một chỉ tiêu', en: 'Lagging communes of an indicator' },
  description: {
    vi: 'Các xã mà số liệu hiện hành mới nhất chưa đạt mục tiêu, xã thấp nhất trước; chỉ với chỉ tiêu tỷ lệ và mốc được báo cáo theo xã.',
    en: 'Communes whose latest current figure does not reach the target, the lowest first; for percentages and milestones that are reported by commune.',
  },
  parameters: [indicator, unit],
  columns: columnsNamed(
    'indicator_id',
    'unit_id',
    'unit_name',
    'district_name',
    'area_id',
    'commune_name',
    'period',
    'as_at',
    'numerator',
    'denominator',
    'percentage',
    'threshold',
  ),
  sql: `with reported as (
  select
    unit_id,
    indicator_id,
    area_id,
    period,
    as_at,
    numerator,
    denominator,
    coalesce(
      1e2 * cast(numerator as double) / cast(denominator as double),
      cast(value as double),
      case when completed_on is not null then 1e2 end
    ) as share,
    coalesce(
      floor(1e4 * cast(numerator as double) / cast(denominator as double)) / 1e2,
      cast(floor(value * 100) as double) / 1e2,
      case when completed_on is not null then 1e2 end
    ) as percentage,
    row_number() over (
      partition by indicator_id, area_id
      order by as_at desc, submission_id desc, ${periodRank}
    ) as place
  from current_observations
  where is_current
    and ('\${indicator}' = '*' or indicator_id = '\${indicator}')
    and ('\${unit}' = '*' or unit_id = '\${unit}')
)
select
  r.indicator_id,
  r.unit_id,
  u.name as unit_name,
  d.name as district_name,
  r.area_id,
  c.name as commune_name,
  r.period,
  r.as_at,
  r.numerator,
  r.denominator,
  r.percentage,
  i.threshold
from reported r
join areas c on c.area_id = r.area_id and c.level = 'commune'
join areas d on d.area_id = c.district_id
join units u on u.unit_id = r.unit_id
join indicators i on i.indicator_id = r.indicator_id
where r.place = 1
  and i.kind in ('percent', 'milestone')
  and case i.target_op
    when 'more-than' then r.share <= cast(i.threshold as double)
    when 'about' then r.share < 9e-1 * cast(i.threshold as double)
    else r.share < cast(i.threshold as double)
  end
order by r.indicator_id, r.share, r.area_id`,
};
