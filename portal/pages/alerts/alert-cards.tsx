import { useState } from 'preact/hooks';
import { matterOf } from '../../../shared/domain/acts.ts';
import type { Day, Instant } from '../../../shared/domain/calendar.ts';
import { alertLink } from '../../../shared/domain/portal-links.ts';
import type { useActing } from '../../acting.ts';
import { useAsOf } from '../../as-of.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import { AlertAcknowledged, AlertLine, AlertMark, AlertMatter, AlertReason } from './alert-facts.tsx';
import { type AlertItem, isLasting } from './alert-list.ts';

/** Alerts, one below the other; those that are the reader's to act on can be acknowledged. */
export function AlertCards({
  alerts,
  asOf,
  today,
  acting,
  reload,
  isOfOne = false,
}: {
  alerts: readonly AlertItem[];
  asOf: Instant;
  today: Day;
  acting: ReturnType<typeof useActing>;
  reload(): void;
  /** Whether all are about the one indicator that the page is of. */
  isOfOne?: boolean;
}) {
  const text = useText();
  const catalogue = useCatalogue();
  const { asOf: past } = useAsOf();
  const [chosen, choose] = useState<AlertItem>();
  const canAcknowledge = (alert: AlertItem) =>
    past === undefined && isLasting(alert) && acting.canAct(matterOf(catalogue, alert));
  return (
    <>
      <ul class="alert-cards">
        {alerts.map((alert) => (
          <li key={alert.id} class="card stack-tight alert-card">
            <div>
              <AlertMark alert={alert} />
              {!isOfOne && (
                <p class="alert-matter">
                  <AlertMatter alert={alert} />
                </p>
              )}
              <AlertLine alert={alert} asOf={asOf} isOfOne={isOfOne} />
            </div>
            <div class="stack-tight">
              <AlertReason alert={alert} />
              <AlertAcknowledged alert={alert} />
            </div>
            <p class="row">
              {canAcknowledge(alert) && (
                <button type="button" class="button" onClick={() => choose(alert)}>
                  {text({ vi: 'Ghi nhận', en: 'Acknowledge' })}
                </button>
              )}
              <Link href={alertLink('', alert.id)}>{text({ vi: 'Diễn biến', en: 'What happened' })}</Link>
            </p>
          </li>
        ))}
      </ul>
      {chosen && (
        <AcknowledgeForm alert={chosen} today={today} done={reload} close={() => choose(undefined)} />
      )}
    </>
  );
}
