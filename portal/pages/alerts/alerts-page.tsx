import { useMemo, useState } from 'preact/hooks';
import { alertKinds } from '../../../shared/domain/alert.ts';
import { type AlertState, alertStates } from '../../../shared/domain/alert-view.ts';
import { alertStateNames, kindNames } from '../../../shared/domain/alert-words.ts';
import { dayOf } from '../../../shared/domain/calendar.ts';
import { useActing } from '../../acting.ts';
import { useQueryChoice } from '../../address-query.ts';
import { useAsOf } from '../../as-of.ts';
import { WithCatalogue } from '../../catalogue.tsx';
import { numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { AsOfField } from '../../parts/as-of-field.tsx';
import { ChoiceField } from '../../parts/choice-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { UnitOptions } from '../../parts/unit-options.tsx';
import { useSession } from '../../session/session-context.ts';
import { AlertCards } from './alert-cards.tsx';
import { countKinds, filterAlerts, worstFirst } from './alert-list.ts';
import { Silences } from './silences.tsx';
import { type AlertBook, useAlerts } from './use-alerts.ts';

/** What somebody must know: the alerts of all units, or of one's own, the worst first, and what is kept quiet. */
export function AlertsPage() {
  return (
    <Page
      title={{ vi: 'Cảnh báo', en: 'Alerts' }}
      lead={{
        vi: 'Những việc cần có người biết và xử lý, việc nghiêm trọng nhất trước. Ghi nhận một cảnh báo để tạm dừng nhắc nhở.',
        en: 'What somebody must know and attend to, the worst first. Acknowledge an alert to let its reminders wait.',
      }}
    >
      <WithCatalogue>
        <Alerts />
      </WithCatalogue>
    </Page>
  );
}

function Alerts() {
  const { viewer } = useSession();
  const { asOf } = useAsOf();
  const [unit] = useQueryChoice('unit');
  const [kind, chooseKind] = useQueryChoice('kind');
  const [stateChosen] = useQueryChoice('state');
  const state = alertStates.find((each) => each === stateChosen);
  const asked = useAlerts({ unit: unit === '' ? undefined : unit, state, asOf });
  const acting = useActing();
  const text = useText();
  return (
    <div class="stack">
      <AsOfField shown={asked.answer?.asOf} />
      {acting.refusal && (
        <Notice
          kind="warning"
          title={text({ vi: 'Tài khoản này chỉ xem được', en: 'This account can only look on' })}
        >
          <p>{text(acting.refusal)}</p>
        </Notice>
      )}
      <Filters isOfAll={viewer.role !== 'province'} />
      <Answered of={asked}>
        {(book) => (
          <Book
            book={book}
            kind={kind}
            chooseKind={chooseKind}
            state={state}
            acting={acting}
            reload={asked.reload}
          />
        )}
      </Answered>
      {viewer.role !== 'province' && <Silences acting={acting} />}
    </div>
  );
}

/** By unit, kind and state; part of the address, so that the way back from an alert keeps them. */
function Filters({ isOfAll }: { isOfAll: boolean }) {
  const text = useText();
  const [unit, chooseUnit] = useQueryChoice('unit');
  const [kind, chooseKind] = useQueryChoice('kind');
  const [state, chooseState] = useQueryChoice('state');
  return (
    <div class="filters">
      {isOfAll && (
        <ChoiceField label={text({ vi: 'Đơn vị', en: 'Unit' })} value={unit} choose={chooseUnit}>
          <option value="">{text({ vi: 'Mọi đơn vị', en: 'All units' })}</option>
          <UnitOptions />
        </ChoiceField>
      )}
      <ChoiceField label={text({ vi: 'Loại', en: 'Kind' })} value={kind} choose={chooseKind}>
        <option value="">{text({ vi: 'Mọi loại', en: 'All kinds' })}</option>
        {alertKinds.map((each) => (
          <option key={each} value={each}>
            {text(kindNames[each])}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField label={text({ vi: 'Tình trạng', en: 'State' })} value={state} choose={chooseState}>
        <option value="">{text({ vi: 'Chưa khép lại', en: 'Not closed' })}</option>
        {alertStates.map((each) => (
          <option key={each} value={each}>
            {text(alertStateNames[each])}
          </option>
        ))}
      </ChoiceField>
    </div>
  );
}

/** How many alerts are drawn at first, and with each press for more. */
const alertsAtOnce = 25;

function Book({
  book: { asOf, alerts, isComplete },
  kind,
  chooseKind,
  state,
  acting,
  reload,
}: {
  book: AlertBook;
  kind: string;
  chooseKind(kind: string): void;
  state: AlertState | undefined;
  acting: ReturnType<typeof useActing>;
  reload(): void;
}) {
  const text = useText();
  const language = useLanguage();
  const [limit, setLimit] = useState(alertsAtOnce);
  const ofState = useMemo(() => filterAlerts(alerts, { kind: '', state: state ?? '' }), [alerts, state]);
  const sorted = useMemo(
    () => worstFirst(filterAlerts(ofState, { kind, state: state ?? '' })),
    [ofState, kind, state],
  );
  const shown = sorted.slice(0, limit);
  const total = numberText(sorted.length, language);
  return (
    <section class="stack-tight" aria-label={text({ vi: 'Các cảnh báo', en: 'Alerts' })}>
      {ofState.length > 0 && (
        <ul class="alert-counts">
          {countKinds(ofState).map(({ kind: each, count }) => (
            <li key={each}>
              <button
                type="button"
                aria-pressed={kind === each}
                onClick={() => chooseKind(kind === each ? '' : each)}
              >
                <strong>{numberText(count, language)}</strong> {text(kindNames[each])}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="soft small" role="status">
        {isComplete
          ? text({
              vi: `${total} cảnh báo, đang hiện ${shown.length}.`,
              en: `${total} alerts, ${shown.length} shown.`,
            })
          : text({
              vi: `Đã đọc ${total} cảnh báo, đang đọc tiếp…`,
              en: `${total} alerts read, more are coming…`,
            })}
      </p>
      {shown.length === 0 ? (
        <Empty>{text({ vi: 'Không có cảnh báo nào như vậy.', en: 'There are no such alerts.' })}</Empty>
      ) : (
        <AlertCards alerts={shown} asOf={asOf} today={dayOf(asOf)} acting={acting} reload={reload} />
      )}
      {shown.length < sorted.length && (
        <p>
          <button type="button" class="button" onClick={() => setLimit(limit + alertsAtOnce)}>
            {text({ vi: 'Hiện thêm', en: 'Show more' })}
          </button>
        </p>
      )}
    </section>
  );
}
