import { useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import { mayEndSilence, type SilenceGrounds } from '../../../shared/domain/silencing.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { timeText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useApi } from '../../session/session-context.ts';
import { useUnitName } from '../../unit-name.ts';
import { useAct } from '../../use-act.ts';
import { nameOfTarget } from './silence-target.ts';
import type { Silences } from './silences-at.ts';

/** The silences in force, each with a button to end it where that is the reader's; those that are over below. */
export function SilenceList({
  silences: { asOf, silences },
  grounds,
  reload,
}: {
  silences: Silences;
  /** Of somebody who may silence. */
  grounds: SilenceGrounds | undefined;
  reload(): void;
}) {
  const text = useText();
  const language = useLanguage();
  const nameOf = useUnitName();
  const catalogue = useCatalogue();
  const api = useApi();
  const [isPastShown, showPast] = useState(false);
  const { state, act } = useAct();
  const end = async (id: string) => {
    await callRoute(api, 'POST /silences/{id}/end', { params: { id } });
    reload();
  };
  const inForce = silences.filter(({ isInForce }) => isInForce);
  const shown = isPastShown ? silences : inForce;
  const title = text({ vi: 'Các lượt tạm ngưng', en: 'Silences' });
  return (
    <div class="stack-tight">
      {state.at === 'fault' && <Fault fault={state.fault} />}
      {silences.length > inForce.length && (
        <label class="row check">
          <input type="checkbox" checked={isPastShown} onChange={() => showPast(!isPastShown)} />
          {text({ vi: 'Hiện cả các lượt đã hết', en: 'Show those that are over too' })}
        </label>
      )}
      {shown.length === 0 ? (
        <Empty>{text({ vi: 'Không có lượt tạm ngưng nào.', en: 'Nothing is silenced.' })}</Empty>
      ) : (
        <Scroll label={title}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{text({ vi: 'Tạm ngưng nhắc về', en: 'What is kept quiet' })}</th>
                <th scope="col">{text({ vi: 'Từ', en: 'From' })}</th>
                <th scope="col">{text({ vi: 'Đến', en: 'Until' })}</th>
                <th scope="col">{text({ vi: 'Đơn vị đặt', en: 'By' })}</th>
                <th scope="col">{text({ vi: 'Lý do', en: 'Why' })}</th>
                <th scope="col">{text({ vi: 'Tình trạng', en: 'State' })}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((silence) => (
                <tr key={silence.id}>
                  <th scope="row">{nameOfTarget(catalogue, silence.target, language)}</th>
                  <td class="nowrap">{timeText(silence.at)}</td>
                  <td class="nowrap">{timeText(silence.endedAt ?? silence.until)}</td>
                  <td>{nameOf(silence.unit)}</td>
                  <td class="words">{silence.reason}</td>
                  <td>
                    {silence.isInForce && grounds && mayEndSilence(grounds, silence, asOf) ? (
                      <button
                        type="button"
                        class="button"
                        disabled={state.at === 'busy'}
                        onClick={() => act(() => end(silence.id))}
                      >
                        {text({ vi: 'Kết thúc', en: 'End' })}
                      </button>
                    ) : (
                      text(silence.isInForce ? inForceText : overText)
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  );
}

const inForceText = { vi: 'đang có hiệu lực', en: 'in force' };
const overText = { vi: 'đã hết', en: 'over' };
