import { useText } from '../../language.ts';
import { Sign } from '../../parts/sign.tsx';

/** The steps of sending a file, in their order. */
const sendSteps = ['choose', 'check', 'send', 'receipt'] as const;
/** One of the steps. */
export type SendStep = (typeof sendSteps)[number];

/** Where one is on the way from choosing a file to its receipt. */
export function SendSteps({ current }: { current: SendStep }) {
  const text = useText();
  const names = {
    choose: text({ vi: 'Chọn tệp', en: 'Choose' }),
    check: text({ vi: 'Kiểm tra', en: 'Check' }),
    send: text({ vi: 'Gửi', en: 'Send' }),
    receipt: text({ vi: 'Biên nhận', en: 'Receipt' }),
  };
  const reached = sendSteps.indexOf(current);
  return (
    <ol class="steps" aria-label={text({ vi: 'Các bước', en: 'Steps' })}>
      {sendSteps.map((step, index) => (
        <li
          key={step}
          class={index < reached ? 'is-done' : ''}
          {...(index === reached && { 'aria-current': 'step' as const })}
        >
          <span class="step-number" aria-hidden="true">
            {index < reached ? <Sign name="check" /> : index + 1}
          </span>
          {names[step]}
        </li>
      ))}
    </ol>
  );
}
