import { addDays, type Instant, type Period, periodDays, startOfDay } from './calendar.ts';
import type { Bilingual, Directive } from './catalogue.ts';
import type { Cause } from './cause.ts';
import type { SmsUsage } from './sms-budget.ts';

/**
 * `sms-budget` for each month in which an SMS was refused, from the first refusal until the month ends, when the
 * next budget takes its place. It concerns the body that deadlines escalate to.
 */
export function smsCauses(
  usages: readonly SmsUsage[],
  { escalatesTo }: Pick<Directive, 'escalatesTo'>,
  asOf: Instant,
): Cause[] {
  return usages.flatMap(({ month, budget, reachedAt }) => {
    if (reachedAt === undefined || reachedAt > asOf) return [];
    const endsAt = startOfDay(addDays(periodDays(month).last, 1));
    return {
      kind: 'sms-budget',
      unit: escalatesTo,
      subject: `${escalatesTo}:sms:${month}`,
      episode: reachedAt,
      stages: [{ stage: 'reached', at: reachedAt, isUrgent: true }],
      ...(endsAt <= asOf && { closed: { at: endsAt, how: 'superseded' } }),
      reasonAt: ({ stage }) => (stage === 'reached' ? reached(month, budget) : monthOver),
    };
  });
}

function reached(month: Period, budget: number): Bilingual {
  const [year = '', number = ''] = month.split('-');
  return {
    vi: `hạn mức ${grouped(budget, '.')} tin SMS của tháng ${number}/${year} đã hết; tin khẩn được gửi qua thư điện tử`,
    en: `the budget of ${grouped(budget, ',')} SMS parts for ${month} is used up; what is urgent goes by e-mail`,
  };
}

const monthOver: Bilingual = {
  vi: 'đã sang tháng mới, với hạn mức SMS mới',
  en: 'a new month has begun, with a budget of its own',
};

function grouped(number: number, separator: string): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, separator);
}
