import { useMemo } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { AnswerOf } from '../../../shared/client/call-route.ts';
import { dayOf } from '../../../shared/domain/calendar.ts';
import { type AssignedIndicator, dueOf, indicatorsOf } from '../../../shared/domain/catalogue.ts';
import type { Point } from '../../../shared/domain/observation.ts';
import { unitLink } from '../../../shared/domain/portal-links.ts';
import { useQueryChoice } from '../../address-query.ts';
import { useAsOf } from '../../as-of.ts';
import { useCatalogue, WithCatalogue } from '../../catalogue.tsx';
import { FigureChart } from '../../charts/figure-chart.tsx';
import { StateMark } from '../../charts/state-mark.tsx';
import { dayText } from '../../format.ts';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { AsOfField } from '../../parts/as-of-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Field } from '../../parts/field.tsx';
import { Link } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useUnitName } from '../../unit-name.ts';
import { useAnswer } from '../../use-answer.ts';
import { IndicatorAlerts } from './indicator-alerts.tsx';
import { IndicatorFacts } from './indicator-facts.tsx';
import { PlannedDue } from './planned-due.tsx';
import { PointTable } from './point-table.tsx';
import { figuresOf, obligationOf, occurrenceShown, pointsOf } from './points.ts';

type Assessments = AnswerOf<'GET /units/{unit}'>;

/** One indicator of one unit: its state and why, its figures against the target, down to the rows of the files. */
export function IndicatorPage() {
  const { params } = useRoute();
  const { asOf } = useAsOf();
  const unit = params.unit ?? '';
  const asked = useAnswer('GET /units/{unit}', { params: { unit }, query: { asOf } });
  if (asked.state === 'fault') {
    return (
      <Page title={{ vi: 'Chỉ tiêu', en: 'Indicator' }}>
        <Fault fault={asked.fault} retry={asked.reload} />
      </Page>
    );
  }
  return (
    <WithCatalogue>
      <Answered of={asked}>
        {(answer) => <Indicator answer={answer} id={params.indicator ?? ''} reload={asked.reload} />}
      </Answered>
    </WithCatalogue>
  );
}

function Indicator({ answer, id, reload }: { answer: Assessments; id: string; reload(): void }) {
  const text = useText();
  const nameOf = useUnitName();
  const catalogue = useCatalogue();
  const { asOf } = useAsOf();
  const { unit } = answer;
  const published = useAnswer('GET /units/{unit}/published', { params: { unit }, query: { asOf } });
  const assigned = indicatorsOf(catalogue, unit).find(({ indicator }) => indicator.id === id);
  const assessments = answer.assessments.filter(({ indicator }) => indicator === id);
  const back = (
    <p>
      <Link href={unitLink('', unit)}>
        <Sign name="left" /> {nameOf(unit)}
      </Link>
    </p>
  );
  if (!assigned) {
    return (
      <Page title={{ vi: 'Chỉ tiêu', en: 'Indicator' }}>
        {back}
        <Empty>
          {text({
            vi: `Đơn vị này không có chỉ tiêu «${id}».`,
            en: `This unit does not owe an indicator “${id}”.`,
          })}
        </Empty>
      </Page>
    );
  }
  const { vi, en } = assigned.indicator.title;
  return (
    <Page title={{ vi: `${id} · ${vi}`, en: `${id} · ${en}` }}>
      {back}
      <AsOfField shown={answer.asOf} />
      <Answered of={published}>
        {({ points }) => <Assessed answer={{ ...answer, assessments }} assigned={assigned} points={points} />}
      </Answered>
      {dueOf(assigned).type === 'per-plan' && (
        <PlannedDue unit={unit} assigned={assigned} asOf={answer.asOf} reload={reload} />
      )}
      <IndicatorAlerts unit={unit} indicator={id} />
    </Page>
  );
}

/** The state of the occurrence that is looked at, its picture, and every figure. */
function Assessed({
  answer: { unit, asOf, assessments },
  assigned,
  points,
}: {
  answer: Assessments;
  assigned: AssignedIndicator;
  points: readonly Point[];
}) {
  const text = useText();
  const nameOf = useUnitName();
  const [chosen, choose] = useQueryChoice('obligation');
  const shown = occurrenceShown(assessments, chosen);
  const counted = useMemo(
    () => (shown ? pointsOf(obligationOf(shown, assigned), points) : []),
    [shown, assigned, points],
  );
  const { indicator } = assigned;
  if (!shown) return null;
  const name = `${text(indicator.title)} – ${nameOf(unit)}`;
  return (
    <div class="stack">
      {assessments.length > 1 && (
        <Field label={text({ vi: 'Kỳ', en: 'Occurrence' })}>
          {(attributes) => (
            <select
              {...attributes}
              value={shown.obligation}
              onChange={({ currentTarget }) => choose(currentTarget.value)}
            >
              {assessments.map(({ obligation, due }) => (
                <option key={obligation} value={obligation}>
                  {obligation.split(':')[2]}
                  {due !== null && text({ vi: `, hạn ${dayText(due)}`, en: `, due ${dayText(due)}` })}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <section class="indicator-pair">
        <div class="card stack-tight">
          <p class="indicator-state">
            <StateMark state={shown.state} />
          </p>
          <p>{text(shown.reason)}</p>
          <IndicatorFacts assigned={assigned} assessment={shown} />
        </div>
        <div class="card">
          <FigureChart
            label={name}
            kind={indicator.kind}
            target={indicator.target}
            figures={figuresOf(counted)}
            due={shown.due}
            projection={shown.projection}
            today={dayOf(asOf)}
          />
        </div>
      </section>
      <PointTable unit={unit} indicator={indicator} points={counted} />
    </div>
  );
}
