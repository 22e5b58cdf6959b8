import { alertStateNames, kindNames, matterNames, stageText } from '../../../shared/domain/alert-words.ts';
import type { Instant } from '../../../shared/domain/calendar.ts';
import { dayOf } from '../../../shared/domain/calendar.ts';
import { findIndicator } from '../../../shared/domain/catalogue.ts';
import { indicatorLink, submissionLink, unitLink } from '../../../shared/domain/portal-links.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { dayText } from '../../format.ts';
import { useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useUnitName } from '../../unit-name.ts';
import { type AlertItem, daysOpen, isLasting, reasonOf, submissionOf } from './alert-list.ts';

/** What kind an alert is of, in its colour, with a symbol, and whether it is urgent. */
export function AlertMark({ alert: { kind, state, stages } }: { alert: AlertItem }) {
  const text = useText();
  const isUrgent = isLasting({ state }) && stages.some((stage) => stage.isUrgent);
  return (
    <span class="row alert-mark-row">
      <span class={`alert-mark ${isUrgent ? 'is-urgent' : ''}`}>
        <Sign name={isUrgent ? 'urgent' : 'alert'} />
        <span class="alert-kind">{text(kindNames[kind])}</span>
      </span>
      {state !== 'open' && <span class="alert-state">{text(alertStateNames[state])}</span>}
    </span>
  );
}

/** What an alert is about: an indicator, a file, or what its kind names, each with a link where there is a page. */
export function AlertMatter({ alert }: { alert: AlertItem }) {
  const text = useText();
  const catalogue = useCatalogue();
  const { unit, kind, indicator, subject } = alert;
  const found = indicator === undefined ? undefined : findIndicator(catalogue, indicator);
  if (found) {
    return (
      <Link href={indicatorLink('', unit, found.indicator.id)}>
        {`${found.indicator.id} · ${text(found.indicator.title)}`}
      </Link>
    );
  }
  const name = text(matterNames[kind] ?? { vi: subject, en: subject });
  const submission = submissionOf(alert);
  return submission === undefined ? name : <Link href={submissionLink('', unit, submission)}>{name}</Link>;
}

/** The unit, since when, the due date, and the latest stage, in a line. */
export function AlertLine({
  alert,
  asOf,
  isOfOne = false,
}: {
  alert: AlertItem;
  asOf: Instant;
  /** Whether the page is of the unit already. */
  isOfOne?: boolean;
}) {
  const text = useText();
  const nameOf = useUnitName();
  const days = daysOpen(alert, asOf);
  const since = dayText(dayOf(alert.episode));
  const latest = alert.stages.at(-1);
  const parts = [
    text({ vi: `từ ${since} (${days} ngày)`, en: `since ${since} (${days} ${days === 1 ? 'day' : 'days'})` }),
    ...(alert.due === undefined
      ? []
      : [text({ vi: `hạn ${dayText(alert.due)}`, en: `due ${dayText(alert.due)}` })]),
    ...(latest?.stage.startsWith('escalated-') && isLasting(alert) ? [text(stageText(latest.stage))] : []),
  ];
  return (
    <p class="small soft">
      {!isOfOne && (
        <>
          <Link href={unitLink('', alert.unit)}>{nameOf(alert.unit)}</Link>
          {' · '}
        </>
      )}
      {parts.join(' · ')}
    </p>
  );
}

/** Why, in the latest words told. */
export function AlertReason({ alert }: { alert: AlertItem }) {
  const text = useText();
  const reason = reasonOf(alert);
  return reason ? <p>{text(reason)}</p> : null;
}

/** The acknowledgement in force, who made it and until when. */
export function AlertAcknowledged({ alert: { acknowledgement } }: { alert: AlertItem }) {
  const text = useText();
  const nameOf = useUnitName();
  if (!acknowledgement) return null;
  const { unit, until, comment } = acknowledgement;
  const day = dayText(dayOf(until));
  return (
    <p class="alert-acknowledged small">
      <strong>
        {text({
          vi: `${nameOf(unit)} đã ghi nhận đến hết ${day}:`,
          en: `Acknowledged by ${nameOf(unit)} until the end of ${day}:`,
        })}
      </strong>{' '}
      {comment}
    </p>
  );
}
