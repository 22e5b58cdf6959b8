import type { NamedQuery, Parameter } from '../named-query.ts';
import { columnsNamed } from './columns.ts';
import { day } from './parameters.ts';

const assessedOn: Parameter = {
  ...day,
  title: {
    vi: 'Đánh giá của ngày này, hoặc của ngày gần nhất trước đó; mặc định là mới nhất',
    en: 'The assessment of this day, or of the last one before; by default the latest there is',
  },
};

/** How much is overdue of what each body coordinates. */
export const overdueByBody: NamedQuery = {
  name: 'overdue-by-body',
  title: { vi: 'Quá hạn theo đơn vị phối hợp', en: 'Overdue by coordinating body' },
  description: {
    vi: 'Số nghĩa vụ quá hạn của các nhiệm vụ mà mỗi đơn vị phối hợp, theo đánh giá cuối ngày. Một nhiệm vụ có nhiều đơn vị phối hợp được tính cho từng đơn vị; dòng không có body là của các nhiệm vụ không nêu đơn vị phối hợp nào.',
    en: 'Obligations overdue, by the bodies that coordinate their tasks, as assessed at the end of the day. A task with several bodies counts for each; the line without a body is for tasks that name none.',
  },
  parameters: [assessedOn],
  columns: columnsNamed('assessed_on', 'body', 'body_name', 'overdue', 'units', 'tasks', 'longest_days'),
  sql: `select
  a.assessed_on,
  b.body,
  coalesce(u.name, b.body) as body_name,
  count(*) as overdue,
  count(distinct a.unit_id) as units,
  count(distinct a.task_ref) as tasks,
  max(-a.days_left) as longest_days
from assessments a
left join coordinating_bodies b on b.task_ref = a.task_ref
left join units u on u.unit_id = b.body
where a.state = 'overdue'
  and a.assessed_on = (select max(assessed_on) from assessments where assessed_on <= date '\${day}')
group by a.assessed_on, b.body, u.name
order by count(*) desc, b.body nulls last`,
};
