import { useState } from 'preact/hooks';
import { type Day, dayOf, endOfDay, type Instant } from '../../../shared/domain/calendar.ts';
import type { AssignedIndicator } from '../../../shared/domain/catalogue.ts';
import { useActing } from '../../acting.ts';
import { useAsOf } from '../../as-of.ts';
import { dayText, timeText } from '../../format.ts';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useUnitName } from '../../unit-name.ts';
import { useAnswer } from '../../use-answer.ts';
import { DueForm } from './due-form.tsx';

/** The due date that a plan gives: how it came to it, and for its coordinators the way to set, change or withdraw it. */
export function PlannedDue({
  unit,
  assigned: { task, indicator },
  asOf,
  reload,
}: {
  unit: string;
  assigned: AssignedIndicator;
  asOf: Instant;
  reload(): void;
}) {
  const text = useText();
  const nameOf = useUnitName();
  const { asOf: past } = useAsOf();
  const { canAct } = useActing();
  const id = `${unit}:${indicator.id}`;
  const asked = useAnswer('GET /obligations/{id}/due', { params: { id } });
  const [asking, ask] = useState<'set' | 'withdraw'>();
  const knownUntil = past === undefined ? asOf : endOfDay(past);
  const isOffered = past === undefined && canAct({ unit, task }, 'body');
  const title = text({ vi: 'Thời hạn theo kế hoạch', en: 'Due by plan' });
  const done = () => {
    asked.reload();
    reload();
  };
  return (
    <section class="stack-tight" aria-labelledby="plan">
      <h2 id="plan">{title}</h2>
      <Answered of={asked}>
        {({ dueDates }) => {
          const known = dueDates.filter(({ at }) => past === undefined || at <= knownUntil);
          const due: Day | null = known.at(-1)?.due ?? null;
          return (
            <div class="stack-tight">
              <p>
                {due === null
                  ? text({
                      vi: 'Chưa có thời hạn: Chỉ thị để kế hoạch quy định.',
                      en: 'No due date yet: the directive leaves it to a plan.',
                    })
                  : text({ vi: `Đến hạn ngày ${dayText(due)}.`, en: `Due on ${dayText(due)}.` })}
              </p>
              {isOffered && (
                <p class="row">
                  <button type="button" class="button" onClick={() => ask('set')}>
                    {due === null
                      ? text({ vi: 'Đặt thời hạn', en: 'Set a due date' })
                      : text({ vi: 'Đổi thời hạn', en: 'Change it' })}
                  </button>
                  {due !== null && (
                    <button type="button" class="button danger" onClick={() => ask('withdraw')}>
                      {text({ vi: 'Bỏ thời hạn', en: 'Withdraw it' })}
                    </button>
                  )}
                </p>
              )}
              {known.length === 0 ? (
                <Empty>{text({ vi: 'Chưa ai đặt thời hạn.', en: 'Nobody has set a date.' })}</Empty>
              ) : (
                <Scroll label={text({ vi: 'Lịch sử thời hạn', en: 'History of the due date' })}>
                  <table class="table">
                    <thead>
                      <tr>
                        <th scope="col">{text({ vi: 'Lúc', en: 'When' })}</th>
                        <th scope="col">{text({ vi: 'Thời hạn', en: 'Due' })}</th>
                        <th scope="col">{text({ vi: 'Đơn vị đặt', en: 'By' })}</th>
                        <th scope="col">{text({ vi: 'Lý do', en: 'Why' })}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {known.toReversed().map((each) => (
                        <tr key={each.at}>
                          <td class="nowrap">{timeText(each.at)}</td>
                          <td>
                            {each.due === null ? text({ vi: 'bỏ', en: 'withdrawn' }) : dayText(each.due)}
                          </td>
                          <td>{nameOf(each.unit)}</td>
                          <td class="words">{each.reason}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              )}
              {asking && (
                <DueForm
                  id={id}
                  isWithdrawal={asking === 'withdraw'}
                  due={due ?? dayOf(asOf)}
                  done={done}
                  close={() => ask(undefined)}
                />
              )}
            </div>
          );
        }}
      </Answered>
    </section>
  );
}
