import type { Assessment } from '../../../shared/domain/assessment.ts';
import { dayOf } from '../../../shared/domain/calendar.ts';
import { type AssignedIndicator, dueOf, findIndicator } from '../../../shared/domain/catalogue.ts';
import { dueTexts } from '../../../shared/domain/due-text.ts';
import type { Point } from '../../../shared/domain/observation.ts';
import { indicatorLink, submissionLink } from '../../../shared/domain/portal-links.ts';
import { unitSign } from '../../../shared/domain/target.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { Sparkline } from '../../charts/sparkline.tsx';
import { StateMark } from '../../charts/state-mark.tsx';
import { dayText, numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';
import { targetWords } from '../../target-words.ts';
import { figuresOf, obligationOf, pointsOf } from '../indicator/points.ts';

/** One thing a unit owes: until when, how it stands and why, the figures so far, and the file they came from. */
export function WorkItem({ assessment, points }: { assessment: Assessment; points: readonly Point[] }) {
  const text = useText();
  const assigned = findIndicator(useCatalogue(), assessment.indicator);
  if (!assigned) return null;
  const { obligation, unit, indicator, state, reason } = assessment;
  const occurrence = obligation.split(':')[2];
  const counted = pointsOf(obligationOf(assessment, assigned), points);
  return (
    <li class="card work">
      <div class="work-state">
        <StateMark state={state} />
        <Due assessment={assessment} assigned={assigned} />
      </div>
      <div class="work-name">
        <h2>
          <Link href={indicatorLink('', unit, indicator)}>
            {indicator} · {text(assigned.indicator.title)}
            {occurrence !== undefined && ` (${occurrence.split('-').reverse().join('/')})`}
          </Link>
        </h2>
        <p class="soft">{text(reason)}</p>
      </div>
      <Figures assessment={assessment} assigned={assigned} counted={counted} />
    </li>
  );
}

/** When it is due and, unless it is met, how many days are left, in words. */
function Due({
  assessment: { due, daysLeft, state },
  assigned,
}: {
  assessment: Assessment;
  assigned: AssignedIndicator;
}) {
  const text = useText();
  if (due === null || daysLeft === null) return <p class="soft">{text(dueTexts(dueOf(assigned)))}</p>;
  const dueOn = <span class="soft">{text({ vi: `hạn ${dayText(due)}`, en: `due ${dayText(due)}` })}</span>;
  // Days past a date that was kept read like a reproach.
  if (state === 'met' || state === 'met-late') return <p>{dueOn}</p>;
  const days = Math.abs(daysLeft);
  const left =
    daysLeft < 0
      ? { vi: `quá ${days} ngày`, en: `${days} ${days === 1 ? 'day' : 'days'} past` }
      : daysLeft === 0
        ? { vi: 'hạn cuối hôm nay', en: 'due today' }
        : { vi: `còn ${days} ngày`, en: `${days} ${days === 1 ? 'day' : 'days'} left` };
  return (
    <p>
      <strong>{text(left)}</strong>
      <br />
      {dueOn}
    </p>
  );
}

function Figures({
  assessment: { unit, value },
  assigned: { indicator },
  counted,
}: {
  assessment: Assessment;
  assigned: AssignedIndicator;
  counted: readonly Point[];
}) {
  const language = useLanguage();
  const text = useText();
  const [latest] = counted;
  const sign = unitSign(indicator.kind);
  const { target } = indicator;
  return (
    <div class="work-figures">
      <p>
        <strong class="work-value">
          {value === null
            ? text({ vi: 'chưa có số liệu', en: 'no figure yet' })
            : numberText(value, language) + sign}
        </strong>
        <br />
        <span class="soft">
          {text({ vi: 'mục tiêu', en: 'target' })} {targetWords(indicator, language)}
        </span>
      </p>
      {counted.length > 0 && <Sparkline figures={figuresOf(counted)} target={target.value} unitSign={sign} />}
      {latest && (
        <Link class="small" href={submissionLink('', unit, latest.submissionId)}>
          {text({
            vi: `tệp nhận ${dayText(dayOf(latest.receivedAt))}`,
            en: `file of ${dayText(dayOf(latest.receivedAt))}`,
          })}
        </Link>
      )}
    </div>
  );
}
