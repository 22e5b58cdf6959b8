import { useMemo, useState } from 'preact/hooks';
import { dayOf } from '../../../shared/domain/calendar.ts';
import type { useActing } from '../../acting.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { useAnswer } from '../../use-answer.ts';
import { SilenceForm } from './silence-form.tsx';
import { SilenceList } from './silence-list.tsx';

/** What is kept quiet now, and for a coordinator the way to keep more quiet. */
export function Silences({ acting: { actor, coordinators } }: { acting: ReturnType<typeof useActing> }) {
  const text = useText();
  const catalogue = useCatalogue();
  const asked = useAnswer('GET /silences', {});
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
            {grounds && (
              <p>
                <button type="button" class="button" onClick={() => ask(true)}>
                  {text({ vi: 'Tạm ngưng nhắc…', en: 'Hold messages back…' })}
                </button>
              </p>
            )}
            <SilenceList silences={silences} grounds={grounds} reload={asked.reload} />
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
