import { useRoute } from 'preact-iso';
import type { AnswerOf } from '../../../shared/client/call-route.ts';
import { type State, stateNames, states } from '../../../shared/domain/assessment.ts';
import { sendLink, submissionsLink } from '../../../shared/domain/portal-links.ts';
import { countStates } from '../../../shared/domain/scoreboard.ts';
import { useQueryChoice } from '../../address-query.ts';
import { useAsOf } from '../../as-of.ts';
import { useCatalogue, WithCatalogue } from '../../catalogue.tsx';
import { StateBar } from '../../charts/state-bar.tsx';
import { indicatorNames } from '../../findings/indicator-names.ts';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { AsOfField } from '../../parts/as-of-field.tsx';
import { ChoiceField } from '../../parts/choice-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Link } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { useSession } from '../../session/session-context.ts';
import { useUnitName } from '../../unit-name.ts';
import { useAnswer } from '../../use-answer.ts';
import { TemplateDownload } from './template-download.tsx';
import { WorkItem } from './work-item.tsx';
import { byUrgency, filterWork } from './work-list.ts';

/** Everything a unit owes: to its own office "my work", to those who oversee it the unit's name. */
export function UnitPage() {
  const { asOf } = useAsOf();
  const { unit = '' } = useRoute().params;
  const asked = useAnswer('GET /units/{unit}', { params: { unit }, query: { asOf } });
  return (
    <WithCatalogue>
      <Answered of={asked}>{(answer) => <Work key={unit} answer={answer} />}</Answered>
    </WithCatalogue>
  );
}

function Work({ answer: { unit, asOf: shown, assessments } }: { answer: AnswerOf<'GET /units/{unit}'> }) {
  const text = useText();
  const nameOf = useUnitName();
  const { viewer } = useSession();
  const isOwn = viewer.role === 'province';
  const name = nameOf(unit);
  return (
    <Page
      title={isOwn ? { vi: 'Việc của tôi', en: 'My work' } : { vi: name, en: name }}
      lead={{
        vi: `${isOwn ? `${name}: ` : ''}mọi chỉ tiêu phải thực hiện, việc gấp nhất ở trên.`,
        en: `${isOwn ? `${name}: ` : ''}everything that is owed, the most urgent on top.`,
      }}
    >
      <div class="work-head">
        <div class="row">
          {isOwn && (
            <Link class="button primary" href={sendLink('')}>
              {text({ vi: 'Nộp số liệu', en: 'Send figures' })}
            </Link>
          )}
          <TemplateDownload unit={unit} />
          <Link href={submissionsLink('', unit)}>{text({ vi: 'Các tệp đã nộp', en: 'Sent files' })}</Link>
        </div>
        <AsOfField shown={shown} />
      </div>
      <div class="card">
        <StateBar
          counts={countStates(assessments)}
          label={text({ vi: 'Các chỉ tiêu theo tình trạng', en: 'What is owed, by state' })}
        />
      </div>
      <WorkList unit={unit} assessments={assessments} />
    </Page>
  );
}

function WorkList({ unit, assessments }: Pick<AnswerOf<'GET /units/{unit}'>, 'unit' | 'assessments'>) {
  const text = useText();
  const { asOf } = useAsOf();
  const names = indicatorNames(useCatalogue());
  const [stateAsked, chooseState] = useQueryChoice('state');
  const [wanted, want] = useQueryChoice('q');
  const published = useAnswer('GET /units/{unit}/published', { params: { unit }, query: { asOf } });
  const state: State | '' = states.find((known) => known === stateAsked) ?? '';
  const shown = filterWork(byUrgency(assessments), { state, text: wanted }, names);
  const counts = countStates(assessments);
  const points = published.answer?.points ?? [];
  return (
    <section class="stack-tight" aria-label={text({ vi: 'Danh sách chỉ tiêu', en: 'List of what is owed' })}>
      <div class="filters">
        <ChoiceField label={text({ vi: 'Tình trạng', en: 'State' })} value={state} choose={chooseState}>
          <option value="">
            {text({ vi: `mọi tình trạng (${assessments.length})`, en: `any (${assessments.length})` })}
          </option>
          {states.map((each) => (
            <option key={each} value={each}>
              {text(stateNames[each])} ({counts[each]})
            </option>
          ))}
        </ChoiceField>
        <Field label={text({ vi: 'Tìm trong mã và tên', en: 'Search ids and names' })}>
          {(attributes) => (
            <input
              {...attributes}
              type="search"
              value={wanted}
              onInput={({ currentTarget }) => want(currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <p class="soft small" role="status">
        {text({
          vi: `${shown.length} trên ${assessments.length} chỉ tiêu`,
          en: `${shown.length} of ${assessments.length}`,
        })}
      </p>
      {shown.length === 0 ? (
        <Empty>
          {text({
            vi: 'Không có chỉ tiêu nào như vậy. Hãy chọn tình trạng khác hoặc xóa nội dung ô tìm.',
            en: 'There is none like this. Choose another state, or clear the search.',
          })}
        </Empty>
      ) : (
        <ul class="work-list">
          {shown.map((assessment) => (
            <WorkItem key={assessment.obligation} assessment={assessment} points={points} />
          ))}
        </ul>
      )}
    </section>
  );
}
