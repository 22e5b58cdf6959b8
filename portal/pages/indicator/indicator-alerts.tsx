import { dayOf } from '../../../shared/domain/calendar.ts';
import { useActing } from '../../acting.ts';
import { useAsOf } from '../../as-of.ts';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { Empty } from '../../parts/empty.tsx';
import { AlertCards } from '../alerts/alert-cards.tsx';
import { worstFirst } from '../alerts/alert-list.ts';
import { useAlerts } from '../alerts/use-alerts.ts';

/** Everything that was ever alerted about one indicator of a unit, what lasts first. */
export function IndicatorAlerts({ unit, indicator }: { unit: string; indicator: string }) {
  const text = useText();
  const { asOf } = useAsOf();
  const asked = useAlerts({ unit, asOf });
  const acting = useActing();
  return (
    <section class="stack-tight" aria-labelledby="alerts">
      <h2 id="alerts">{text({ vi: 'Cảnh báo', en: 'Alerts' })}</h2>
      <Answered of={asked}>
        {(book) => {
          const alerts = worstFirst(book.alerts.filter((alert) => alert.indicator === indicator));
          if (alerts.length === 0)
            return <Empty>{text({ vi: 'Chưa có cảnh báo nào.', en: 'There have been no alerts.' })}</Empty>;
          return (
            <AlertCards
              alerts={alerts}
              asOf={book.asOf}
              today={dayOf(book.asOf)}
              acting={acting}
              reload={asked.reload}
              isOfOne
            />
          );
        }}
      </Answered>
    </section>
  );
}
