import { describe, expect, it } from 'vitest';
import type { Cause } from '../../shared/domain/cause.ts';
import { emptyUsage, type SmsUsage } from '../../shared/domain/sms-budget.ts';
import { smsCauses } from '../../shared/domain/sms-causes.ts';

const directive = { escalatesTo: 'VPCP' };
const reachedAt = '2022-07-14T03:00:00.000Z';
const reached: SmsUsage = { ...emptyUsage('2022-07', 5_000), reachedAt };
const monthEnd = '2022-07-31T17:00:00.000Z';

function causeAt(asOf: string): Cause | undefined {
  return smsCauses([reached], directive, asOf)[0];
}

describe('the alert of the SMS budget', () => {
  it('is urgent from the first refusal and concerns the body that deadlines escalate to', () => {
    expect(causeAt('2022-07-14T02:59:59.999Z')).toBeUndefined();
    expect(causeAt(reachedAt)).toEqual({
      kind: 'sms-budget',
      unit: 'VPCP',
      subject: 'VPCP:sms:2022-07',
      episode: reachedAt,
      stages: [{ stage: 'reached', at: reachedAt, isUrgent: true }],
      reasonAt: expect.any(Function),
    });
  });

  it('gives way to the next budget with the first instant of the next month', () => {
    expect(causeAt('2022-07-31T16:59:59.999Z')?.closed).toBeUndefined();
    expect(causeAt(monthEnd)?.closed).toEqual({ at: monthEnd, how: 'superseded' });
  });

  it('of December ends with the year', () => {
    const december = { ...reached, month: '2022-12', reachedAt: '2022-12-31T16:59:59.999Z' };
    const [cause] = smsCauses([december], directive, '2023-01-15T00:00:00.000Z');
    expect(cause?.closed).toEqual({ at: '2022-12-31T17:00:00.000Z', how: 'superseded' });
  });

  it('is there for each month in which an SMS was refused, and for no other', () => {
    const usages = [
      emptyUsage('2022-06', 5_000),
      reached,
      { ...reached, month: '2022-08', reachedAt: '2022-08-20T03:00:00.000Z' },
    ];
    const subjects = smsCauses(usages, directive, '2022-08-31T00:00:00.000Z').map(({ subject }) => subject);
    expect(subjects).toEqual(['VPCP:sms:2022-07', 'VPCP:sms:2022-08']);
  });

  it('says the budget and the month, and at the end that a new month has begun', () => {
    const cause = causeAt(monthEnd);
    expect(cause?.reasonAt({ stage: 'reached', at: reachedAt })).toEqual({
      vi: 'hạn mức 5.000 tin SMS của tháng 07/2022 đã hết; tin khẩn được gửi qua thư điện tử',
      en: 'the budget of 5,000 SMS parts for 2022-07 is used up; what is urgent goes by e-mail',
    });
    expect(cause?.reasonAt({ stage: 'superseded', at: monthEnd })).toEqual({
      vi: 'đã sang tháng mới, với hạn mức SMS mới',
      en: 'a new month has begun, with a budget of its own',
    });
  });
});
