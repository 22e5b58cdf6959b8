import { useMemo } from 'preact/hooks';
import { dayOf } from '../../../shared/domain/calendar.ts';
import { countStates } from '../../../shared/domain/scoreboard.ts';
import { useQueryChoice } from '../../address-query.ts';
import { useAsOf } from '../../as-of.ts';
import { useCatalogue, WithCatalogue } from '../../catalogue.tsx';
import { DeadlineTimeline } from '../../charts/deadline-timeline.tsx';
import { StateBar } from '../../charts/state-bar.tsx';
import { daysAhead } from '../../charts/timeline-geometry.ts';
import { numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { AsOfField } from '../../parts/as-of-field.tsx';
import { ChoiceField } from '../../parts/choice-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { useUnitName } from '../../unit-name.ts';
import { useAnswer } from '../../use-answer.ts';
import type { Board } from '../scoreboard/board.ts';
import { coordinatingBodies, datedObligations, dayShown, deadlinesOf, dueAhead, dueOn } from './deadlines.ts';
import { DueList } from './due-list.tsx';

/** Deadlines in time: a picture of all due days, and who owes what on the day that is chosen. */
export function DeadlinesPage() {
  const { asOf } = useAsOf();
  const asked = useAnswer('GET /scoreboard', { query: { asOf } });
  return (
    <Page
      title={{ vi: 'Thời hạn', en: 'Deadlines' }}
      lead={{
        vi: 'Những gì đã và sắp đến hạn. Chọn một ngày trên hình để xem ai phải hoàn thành việc gì.',
        en: 'What was and will be due. Choose a day in the picture to see who owes what.',
      }}
    >
      <AsOfField shown={asked.answer?.asOf} />
      <WithCatalogue>
        <Answered of={asked}>{(board) => <Deadlines board={board} />}</Answered>
      </WithCatalogue>
    </Page>
  );
}

function Deadlines({ board: { asOf, obligations } }: { board: Board }) {
  const text = useText();
  const language = useLanguage();
  const nameOf = useUnitName();
  const catalogue = useCatalogue();
  const [body, chooseBody] = useQueryChoice('body');
  const [chosen, chooseDay] = useQueryChoice('day');
  const today = dayOf(asOf);
  const dated = useMemo(() => datedObligations(catalogue, obligations, body), [catalogue, obligations, body]);
  const deadlines = useMemo(() => deadlinesOf(dated), [dated]);
  const day = dayShown(deadlines, chosen, today);
  const ahead = dueAhead(dated, today);
  const aheadName = text({ vi: `${daysAhead} ngày tới`, en: `The next ${daysAhead} days` });
  return (
    <div class="stack">
      <ChoiceField
        label={text({ vi: 'Đơn vị phối hợp', en: 'Coordinating body' })}
        value={body}
        choose={chooseBody}
      >
        <option value="">{text({ vi: 'Mọi nhiệm vụ', en: 'Every task' })}</option>
        {coordinatingBodies(catalogue).map((id) => (
          <option key={id} value={id}>
            {nameOf(id)}
          </option>
        ))}
      </ChoiceField>
      {deadlines.length === 0 ? (
        <Empty>{text({ vi: 'Không có thời hạn nào.', en: 'There are no deadlines.' })}</Empty>
      ) : (
        <>
          <section class="card stack-tight" aria-labelledby="ahead">
            <h2 id="ahead">
              {aheadName}: {numberText(ahead.length, language)} {text({ vi: 'việc đến hạn', en: 'due' })}
            </h2>
            {ahead.length > 0 && <StateBar counts={countStates(ahead)} label={aheadName} />}
          </section>
          <section class="card">
            <DeadlineTimeline
              deadlines={deadlines}
              today={today}
              label={text({ vi: 'Số việc đến hạn theo ngày', en: 'What is due, by day' })}
              {...(day !== undefined && { selected: day })}
              onSelect={chooseDay}
            />
          </section>
          {day !== undefined && <DueList day={day} today={today} due={dueOn(dated, day)} />}
        </>
      )}
    </div>
  );
}
