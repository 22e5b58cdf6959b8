import type { AnswerOf } from '../../../shared/client/call-route.ts';
import { stageText, standingNames } from '../../../shared/domain/alert-words.ts';
import { dayOf } from '../../../shared/domain/calendar.ts';
import { dayText, timeText } from '../../format.ts';
import { useText } from '../../language.ts';
import { useUnitName } from '../../unit-name.ts';
import { historyOf } from './history.ts';

/** The stages of an alert and what was said to them, in time order, as a line of events. */
export function AlertHistory({ alert }: { alert: AnswerOf<'GET /alerts/{id}'> }) {
  const text = useText();
  const nameOf = useUnitName();
  return (
    <ol class="events">
      {historyOf(alert).map((event) =>
        event.type === 'stage' ? (
          <li key={event.stage.stage} class={event.stage.isUrgent ? 'is-urgent' : ''}>
            <time dateTime={event.at}>{timeText(event.at)}</time>
            <div>
              <strong>{text(stageText(event.stage.stage))}</strong>
              {event.stage.isUrgent && <span class="small"> · {text({ vi: 'khẩn', en: 'urgent' })}</span>}
              {event.stage.reason && <p class="soft">{text(event.stage.reason)}</p>}
            </div>
          </li>
        ) : (
          <li key={`${event.at}-${event.acknowledgement.by}`} class="is-said">
            <time dateTime={event.at}>{timeText(event.at)}</time>
            <div>
              <strong>
                {text({
                  vi: `${nameOf(event.acknowledgement.unit)} ghi nhận đến hết ${dayText(dayOf(event.acknowledgement.until))}`,
                  en: `${nameOf(event.acknowledgement.unit)} acknowledged until the end of ${dayText(dayOf(event.acknowledgement.until))}`,
                })}
              </strong>
              <span class="small"> · {text(standingNames[event.acknowledgement.standing])}</span>
              <p class="soft">{event.acknowledgement.comment}</p>
            </div>
          </li>
        ),
      )}
    </ol>
  );
}
