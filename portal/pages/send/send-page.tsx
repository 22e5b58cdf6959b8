import { useEffect, useRef } from 'preact/hooks';
import { lazy } from 'preact-iso';
import { bytesText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { useSession } from '../../session/session-context.ts';
import { ChooseFile } from './choose-file.tsx';
import { SendFault } from './send-fault.tsx';
import { type SendStep, SendSteps } from './send-steps.tsx';
import { type Sending, type SendingActs, useSending } from './use-sending.ts';

/** What comes after the check is loaded while the file is checked: the page itself stays light. */
const CheckResult = lazy(async () => (await import('./check-result.tsx')).CheckResult);
const SentReceipt = lazy(async () => (await import('./sent-receipt.tsx')).SentReceipt);

const stepOf: Readonly<Record<Sending['at'], SendStep>> = {
  choose: 'choose',
  checking: 'check',
  'check-fault': 'check',
  checked: 'check',
  sending: 'send',
  'send-fault': 'send',
  sent: 'receipt',
};

/** The page an office sends its files on: choose, check, send, receipt, one after the other. */
export function SendPage() {
  const { viewer } = useSession();
  if (viewer.role !== 'province') return null;
  return <Way key={viewer.unit} unit={viewer.unit} />;
}

function Way({ unit }: { unit: string }) {
  const [sending, acts] = useSending(unit);
  const step = stepOf[sending.at];
  const place = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  // Whoever uses the keyboard or listens goes on where the step begins, not at the top of the page.
  useEffect(() => {
    if (!isFirst.current) place.current?.focus();
    isFirst.current = false;
  }, [sending.at]);
  useLeaveWarning(sending.at === 'sending');
  return (
    <Page
      title={{ vi: 'Nộp số liệu', en: 'Send figures' }}
      lead={{
        vi: 'Tệp được kiểm tra ngay trên máy này trước khi gửi. Chưa bấm Gửi thì chưa có gì được nộp.',
        en: 'The file is checked on this machine before it is sent. Nothing is sent until you press Send.',
      }}
    >
      <SendSteps current={step} />
      <div ref={place} class="stack step" tabIndex={-1}>
        <Step sending={sending} acts={acts} unit={unit} />
      </div>
    </Page>
  );
}

function Step({ sending, acts, unit }: { sending: Sending; acts: SendingActs; unit: string }) {
  switch (sending.at) {
    case 'choose':
      return <ChooseFile unit={unit} choose={acts.check} />;
    case 'checking':
      return <Checking sending={sending} cancel={acts.startOver} />;
    case 'check-fault':
      return (
        <SendFault
          fault={sending.fault}
          retry={() => acts.check(sending.file)}
          chooseAgain={acts.startOver}
        />
      );
    case 'checked':
    case 'sending':
    case 'send-fault':
      return <CheckResult sending={sending} acts={acts} />;
    case 'sent':
      return <SentReceipt unit={unit} id={sending.id} startOver={acts.startOver} />;
  }
}

function Checking({
  sending: { file, share },
  cancel,
}: {
  sending: Extract<Sending, { at: 'checking' }>;
  cancel(): void;
}) {
  const language = useLanguage();
  const text = useText();
  return (
    <div class="card stack-tight">
      <p>
        <bdi class="file-name">{file.name}</bdi> <span class="soft">({bytesText(file.size, language)})</span>
      </p>
      <Progress
        label={text({ vi: 'Đang kiểm tra trên máy này…', en: 'Being checked on this machine…' })}
        {...(share > 0 && { share })}
      />
      <p>
        <button type="button" class="button" onClick={cancel}>
          {text({ vi: 'Dừng', en: 'Stop' })}
        </button>
      </p>
    </div>
  );
}

/** Browsers ask before a page is left while this is so. */
function useLeaveWarning(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const ask = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isOn]);
}
