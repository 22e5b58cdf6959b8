import { stateText } from '../../../shared/domain/receipt.ts';
import type { Submission, SubmissionState } from '../../../shared/domain/submission.ts';
import { useText } from '../../language.ts';

const looks: Readonly<Record<SubmissionState | 'withdrawn', readonly [symbol: string, kind: string]>> = {
  requested: ['…', 'waiting'],
  received: ['…', 'waiting'],
  checking: ['…', 'waiting'],
  accepted: ['✓', 'success'],
  rejected: ['✕', 'danger'],
  failed: ['!', 'warning'],
  expired: ['–', 'waiting'],
  withdrawn: ['↩', 'waiting'],
};

/** What became of a submission: symbol and word. */
export function SubmissionMark({ submission }: { submission: Pick<Submission, 'state' | 'withdrawnAt'> }) {
  const text = useText();
  const [symbol, kind] = looks[submission.withdrawnAt === undefined ? submission.state : 'withdrawn'];
  return (
    <span class={`submission-mark ${kind}`}>
      <span class="submission-symbol" aria-hidden="true">
        {symbol}
      </span>
      {text(stateText(submission))}
    </span>
  );
}
