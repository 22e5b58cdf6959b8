import { useMemo, useState } from 'preact/hooks';
import { dayOf, endOfDay } from '../../../shared/domain/calendar.ts';
import type { useActing } from '../../acting.ts';
import { useAsOf } from '../../as-of.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { useAnswer } from '../../use-answer.ts';
import { SilenceForm } from './silence-form.tsx';
import { SilenceList } from './silence-list.tsx';
import { silencesAt } from './silences-at.ts';

/** What is kept quiet now, and for a coordinator the way to keep more quiet. */
export function Silences({ acting: { actor, coordinators } }: { acting: ReturnType<typeof useActing> }) {
  const text = useText();
  const catalogue = useCatalogue();
  const asked = useAnswer('GET /silences', {});
  const { asOf: past } = useAsOf();
  const [isAsking, ask] = useState(false);
  const grounds = useMemo(
    () => (actor ? { catalogue, actor, coordinators } : undefined),
    [catalogue, actor?.subject, coordinators],
  );
  return (
    <section class="stack-tight" aria-labelledby="silences">
      <h2 id="silences">{text({ vi: 'Tạm ngưng nhắc', en: 'Silences' })}</h2>
      <Answered of={asked}>
        {(silences) => (
          <div class="stack-tight">
            {grounds && past === undefined && (
              <p>
                <button type="button" class="button" onClick={() => ask(true)}>
                  {text({ vi: 'Tạm ngưng nhắc…', en: 'Hold messages back…' })}
                </button>
              </p>
            )}
            <SilenceList
              silences={past === undefined ? silences : silencesAt(silences, endOfDay(past))}
              grounds={past === undefined ? grounds : undefined}
              reload={asked.reload}
            />
            {isAsking && grounds && (
              <SilenceForm
                grounds={grounds}
                today={dayOf(silences.asOf)}
                done={asked.reload}
                close={() => ask(false)}
              />
            )}
          </div>
        )}
      </Answered>
    </section>
  );
}
