import type { NamedQuery } from '../named-query.ts';
import { columnsNamed } from './columns.ts';
import { day, endOfDay, indicator, unit } from './parameters.ts';

/** The published figures as a day knew them. */
export const knownOn: NamedQuery = {
  name: 'known-on',
  title: { vi: 'Số liệu được biết vào một ngày', en: 'What was known on a given day' },
  description: {
    vi: 'Số liệu công bố là hiện hành vào cuối một ngày. Đính chính hoặc rút sau đó không làm thay đổi câu trả lời.',
    en: 'The published figures that were current at the end of a day. What was corrected or withdrawn later does not change the answer.',
  },
  parameters: [day, unit, indicator],
  columns: columnsNamed(
    'unit_id',
    'indicator_id',
    'period',
    'as_at',
    'numerator',
    'denominator',
    'value',
    'completed_on',
    'areas',
    'submission_id',
    'received_at',
    'accepted_at',
  ),
  sql: `select
  unit_id,
  indicator_id,
  period,
  as_at,
  numerator,
  denominator,
  value,
  completed_on,
  areas,
  submission_id,
  received_at,
  accepted_at
from points
where known_from < ${endOfDay}
  and (known_to is null or known_to >= ${endOfDay})
  and ('\${unit}' = '*' or unit_id = '\${unit}')
  and ('\${indicator}' = '*' or indicator_id = '\${indicator}')
order by unit_id, indicator_id, as_at, period`,
};
