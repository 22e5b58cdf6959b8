import { stateText } from '../../../shared/domain/receipt.ts';
import type { Submission, SubmissionState } from '../../../shared/domain/submission.ts';
import { useText } from '../../language.ts';
import { Sign, type SignName } from '../../parts/sign.tsx';

const looks: Readonly<Record<SubmissionState | 'withdrawn', readonly [symbol: SignName, kind: string]>> = {
  requested: ['waiting', 'waiting'],
  received: ['waiting', 'waiting'],
  checking: ['waiting', 'waiting'],
  accepted: ['check', 'success'],
  rejected: ['cross', 'danger'],
  failed: ['warning', 'warning'],
  expired: ['none', 'waiting'],
  withdrawn: ['back', 'waiting'],
};

/** What became of a submission: symbol and word. */
export function SubmissionMark({ submission }: { submission: Pick<Submission, 'state' | 'withdrawnAt'> }) {
  const text = useText();
  const [symbol, kind] = looks[submission.withdrawnAt === undefined ? submission.state : 'withdrawn'];
  return (
    <span class={`submission-mark ${kind}`}>
      <Sign name={symbol} />
      {text(stateText(submission))}
    </span>
  );
}
