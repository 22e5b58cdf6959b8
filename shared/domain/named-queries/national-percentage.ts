import type { NamedQuery } from '../named-query.ts';
import { columnsNamed } from './columns.ts';
import { day, endOfDay, periodRank } from './parameters.ts';

/** Each indicator's percentage of the whole nation, from the latest figure of each unit. */
export const nationalPercentage: NamedQuery = {
  name: 'national-percentage',
  title: {
    vi: 'Tỷ lệ toàn quốc của từng chỉ tiêu, theo trọng số mẫu số',
    en: 'National percentage of each indicator, weighted by denominators',
  },
  description: {
    vi: 'Với mỗi chỉ tiêu tỷ lệ: cộng tử số và mẫu số trong số liệu mới nhất của các đơn vị. Số liệu chỉ có tỷ lệ, không có mẫu số, được đếm trong units nhưng không vào tổng.',
    en: 'For each indicator in percent: the numerators and denominators of the latest figure of each unit, added up. A figure that is a percentage alone is counted in units, but is not part of the sums.',
  },
  parameters: [day],
  columns: columnsNamed(
    'indicator_id',
    'title_vi',
    'title_en',
    'units',
    'units_with_denominator',
    'numerator',
    'denominator',
    'percentage',
    'lowest',
    'highest',
    'threshold',
  ),
  sql: `with known as (
  select
    unit_id,
    indicator_id,
    numerator,
    denominator,
    value,
    row_number() over (
      partition by unit_id, indicator_id
      order by as_at desc, submission_id desc, ${periodRank}
    ) as place
  from points
  where known_from < ${endOfDay}
    and (known_to is null or known_to >= ${endOfDay})
)
select
  k.indicator_id,
  i.title_vi,
  i.title_en,
  count(*) as units,
  count(k.denominator) as units_with_denominator,
  cast(sum(k.numerator) as bigint) as numerator,
  cast(sum(k.denominator) as bigint) as denominator,
  floor(1e4 * cast(sum(k.numerator) as double) / cast(sum(k.denominator) as double)) / 1e2 as percentage,
  min(k.value) as lowest,
  max(k.value) as highest,
  i.threshold
from known k
join indicators i on i.indicator_id = k.indicator_id
where k.place = 1 and i.kind = 'percent'
group by k.indicator_id, i.title_vi, i.title_en, i.threshold
order by k.indicator_id`,
};
