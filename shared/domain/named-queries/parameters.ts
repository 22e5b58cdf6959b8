import type { Parameter } from '../named-query.ts';

/** The parameter by which a query is answered as things were at the end of a day. */
export const day: Parameter = {
  name: 'day',
  kind: 'day',
  title: {
    vi: 'Như được biết vào cuối ngày này, giờ Việt Nam; mặc định là mới nhất',
    en: 'As known at the end of this day in Vietnam; by default the latest there is',
  },
  default: '9999-12-31',
};

/** The parameter by which a query is about one unit. */
export const unit: Parameter = {
  name: 'unit',
  kind: 'unit',
  title: { vi: 'Chỉ đơn vị này; * là mọi đơn vị', en: 'Only this unit; * for all' },
  default: '*',
};

/** The parameter by which a query is about one indicator. */
export const indicator: Parameter = {
  name: 'indicator',
  kind: 'indicator',
  title: { vi: 'Chỉ chỉ tiêu này; * là mọi chỉ tiêu', en: 'Only this indicator; * for all' },
  default: '*',
};

/** The end of the day of that parameter. Instants are UTC: a day of Asia/Ho_Chi_Minh ends at 17:00 of the same day. */
export const endOfDay = `cast(date '\${day}' as timestamp) + interval '17' hour`;

/** Orders points of the same day and submission: the one of the shorter period counts. */
export const periodRank = `case when length(period) = 10 then 1 when length(period) = 4 then 4 when period like '%Q%' then 3 else 2 end`;
