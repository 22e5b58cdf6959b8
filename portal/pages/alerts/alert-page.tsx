import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { AnswerOf } from '../../../shared/client/call-route.ts';
import { matterOf } from '../../../shared/domain/acts.ts';
import { dayOf } from '../../../shared/domain/calendar.ts';
import { alertsLink } from '../../../shared/domain/portal-links.ts';
import type { SilenceTarget } from '../../../shared/domain/silence.ts';
import { maySilence } from '../../../shared/domain/silencing.ts';
import { useActing } from '../../acting.ts';
import { useAsOf } from '../../as-of.ts';
import { useCatalogue, WithCatalogue } from '../../catalogue.tsx';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { AsOfField } from '../../parts/as-of-field.tsx';
import { Link } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useSession } from '../../session/session-context.ts';
import { useAnswer } from '../../use-answer.ts';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import { AlertAcknowledged, AlertLine, AlertMark, AlertMatter, AlertReason } from './alert-facts.tsx';
import { AlertHistory } from './alert-history.tsx';
import { isLasting } from './alert-list.ts';
import { SilenceForm } from './silence-form.tsx';

/** One alert: what it is about, what can be done about it, and everything that happened. */
export function AlertPage() {
  const text = useText();
  const { params } = useRoute();
  const { asOf } = useAsOf();
  const asked = useAnswer('GET /alerts/{id}', { params: { id: params.alert ?? '' }, query: { asOf } });
  return (
    <Page title={{ vi: 'Cảnh báo', en: 'Alert' }}>
      <p>
        <Link href={alertsLink('')}>
          <Sign name="left" /> {text({ vi: 'Các cảnh báo', en: 'All alerts' })}
        </Link>
      </p>
      <WithCatalogue>
        <Answered of={asked}>{(alert) => <OneAlert alert={alert} reload={asked.reload} />}</Answered>
      </WithCatalogue>
    </Page>
  );
}

function OneAlert({ alert, reload }: { alert: AnswerOf<'GET /alerts/{id}'>; reload(): void }) {
  const text = useText();
  const { viewer } = useSession();
  const catalogue = useCatalogue();
  const { asOf: past } = useAsOf();
  const acting = useActing();
  const [asking, ask] = useState<'acknowledge' | 'silence'>();
  // The API's clock: an answer without it, such as this one, is dated by a list of the same unit.
  const dated = useAnswer('GET /units/{unit}', { params: { unit: alert.unit }, query: { asOf: past } });
  const asOf = dated.answer?.asOf;
  const { actor, coordinators } = acting;
  const matter = matterOf(catalogue, alert);
  const canAcknowledge = past === undefined && isLasting(alert) && acting.canAct(matter);
  const grounds = viewer.role === 'coordinator' && actor ? { catalogue, actor, coordinators } : undefined;
  const targets: SilenceTarget[] = [
    ...(matter.task ? [{ task: matter.task.ref }] : []),
    { unit: alert.unit },
  ];
  const target = grounds && targets.find((each) => maySilence(grounds, each));
  const canSilence = past === undefined && isLasting(alert) && target !== undefined;
  const close = () => ask(undefined);
  return (
    <div class="stack">
      <AsOfField shown={asOf} />
      <section class="card stack-tight">
        <div>
          <AlertMark alert={alert} />
          <p class="alert-matter">
            <AlertMatter alert={alert} />
          </p>
          {asOf !== undefined && <AlertLine alert={alert} asOf={asOf} />}
        </div>
        <AlertReason alert={alert} />
        <AlertAcknowledged alert={alert} />
        {(canAcknowledge || canSilence) && (
          <p class="row">
            {canAcknowledge && (
              <button type="button" class="button primary" onClick={() => ask('acknowledge')}>
                {text({ vi: 'Ghi nhận', en: 'Acknowledge' })}
              </button>
            )}
            {canSilence && (
              <button type="button" class="button" onClick={() => ask('silence')}>
                {text({ vi: 'Tạm ngưng nhắc…', en: 'Hold messages back…' })}
              </button>
            )}
          </p>
        )}
      </section>
      <section class="stack-tight" aria-labelledby="history">
        <h2 id="history">{text({ vi: 'Diễn biến', en: 'What happened' })}</h2>
        <AlertHistory alert={alert} />
      </section>
      {asking === 'acknowledge' && asOf !== undefined && (
        <AcknowledgeForm alert={alert} today={dayOf(asOf)} done={reload} close={close} />
      )}
      {asking === 'silence' && asOf !== undefined && grounds && (
        <SilenceForm grounds={grounds} first={target} today={dayOf(asOf)} done={reload} close={close} />
      )}
    </div>
  );
}
