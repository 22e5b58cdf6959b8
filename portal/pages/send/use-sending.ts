import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import { requestUpload } from '../../../shared/client/submit-file.ts';
import { checkInWorker } from '../../check/check-in-worker.ts';
import type { CheckedFile } from '../../check/check-messages.ts';
import { SessionEnded } from '../../session/session.ts';
import { useApi } from '../../session/session-context.ts';
import { SessionEndedContext } from '../../session/session-ended.ts';
import { announcementOf, sendFile, type Unanswered } from './send-file.ts';
import { uploadFile } from './upload-file.ts';

/** Where the way from a chosen file to its receipt stands. `share` is from 0 to 1. */
export type Sending =
  | { at: 'choose' }
  | { at: 'checking'; file: File; share: number }
  | { at: 'check-fault'; file: File; fault: unknown }
  | { at: 'checked'; file: File; checked: CheckedFile }
  | { at: 'sending'; file: File; checked: CheckedFile; share: number }
  | { at: 'send-fault'; file: File; checked: CheckedFile; fault: unknown; unanswered?: Unanswered }
  | { at: 'sent'; id: string };

/** What can be done on the way. `startOver` ends whatever goes on. */
export interface SendingActs {
  check(file: File): void;
  send(): void;
  startOver(): void;
}

/** The way from a chosen file to its receipt: checked here, against what the unit has published now, then sent. */
export function useSending(unit: string): [Sending, SendingActs] {
  const api = useApi();
  const onSessionEnded = useContext(SessionEndedContext);
  const [sending, setSending] = useState<Sending>({ at: 'choose' });
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  /** Ends what went on before; what is begun now may speak until the next begins. */
  const begin = (): AbortSignal => {
    abort.current.abort();
    abort.current = new AbortController();
    return abort.current.signal;
  };
  const settle = async (
    signal: AbortSignal,
    work: Promise<Sending>,
    onFault: (fault: unknown) => Sending,
  ) => {
    const next = await work.catch((fault: unknown) => {
      if (!signal.aborted && fault instanceof SessionEnded) onSessionEnded();
      return onFault(fault);
    });
    if (!signal.aborted) setSending(next);
  };

  const check = (file: File) => {
    const signal = begin();
    setSending({ at: 'checking', file, share: 0 });
    const work = async (): Promise<Sending> => {
      const { body } = await callRoute(api, 'GET /units/{unit}/published', { params: { unit } });
      const { asOf, submissions, points } = body;
      const request = { file, unit, receivedAt: asOf, published: { submissions, points } };
      const tell = (share: number) => setSending({ at: 'checking', file, share });
      return { at: 'checked', file, checked: await checkInWorker(request, { tell, signal }) };
    };
    void settle(signal, work(), (fault) => ({ at: 'check-fault', file, fault }));
  };

  const send = () => {
    if (sending.at !== 'checked' && sending.at !== 'send-fault') return;
    const { file, checked } = sending;
    if (checked.report.verdict !== 'accepted') return;
    const signal = begin();
    setSending({ at: 'sending', file, checked, share: 0 });
    const tell = (share: number) => {
      if (!signal.aborted) setSending({ at: 'sending', file, checked, share });
    };
    const ports = {
      request: (announced: Parameters<typeof requestUpload>[1]) => requestUpload(api, announced),
      put: (upload: Unanswered['upload']) => uploadFile(upload, file, { tell, signal }),
      probe: () => file.slice(0, 1).arrayBuffer(),
    };
    let unanswered: Unanswered | undefined;
    const earlier = sending.at === 'send-fault' ? sending.unanswered : undefined;
    const work = async (): Promise<Sending> => ({
      at: 'sent',
      id: await sendFile(announcementOf(file.name, checked.report), ports, earlier, (open) => {
        unanswered = open;
      }),
    });
    void settle(signal, work(), (fault) => ({
      at: 'send-fault',
      file,
      checked,
      fault,
      ...(unanswered && { unanswered }),
    }));
  };

  const startOver = () => {
    begin();
    setSending({ at: 'choose' });
  };
  return [sending, { check, send, startOver }];
}
