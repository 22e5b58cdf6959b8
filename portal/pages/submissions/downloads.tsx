import { callRoute } from '../../../shared/client/call-route.ts';
import type { Bilingual } from '../../../shared/domain/catalogue.ts';
import { isAnnotatable } from '../../../shared/domain/intake/annotatable.ts';
import { isSettled } from '../../../shared/domain/submission.ts';
import { useText } from '../../language.ts';
import { DownloadState } from '../../parts/download-state.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useApi } from '../../session/session-context.ts';
import { useAct } from '../../use-act.ts';
import type { SubmissionAnswer } from './follow-submission.ts';

type Route =
  | 'GET /submissions/{id}/file'
  | 'GET /submissions/{id}/issues.csv'
  | 'GET /submissions/{id}/annotated';

const names: Readonly<Record<Route, Bilingual>> = {
  'GET /submissions/{id}/file': { vi: 'Tệp đã nộp', en: 'The file as sent' },
  'GET /submissions/{id}/issues.csv': {
    vi: 'Danh sách lỗi đầy đủ (CSV)',
    en: 'Complete list of issues (CSV)',
  },
  'GET /submissions/{id}/annotated': {
    vi: 'Bản sao có ghi lỗi ở từng dòng',
    en: 'Copy with the issues at its rows',
  },
};

/** The files of a submission that can be saved: what was sent and, where something was found, the list and the copy. */
export function Downloads({
  submission,
  file,
}: {
  submission: SubmissionAnswer;
  file: { format: string; encoding: string } | undefined;
}) {
  const text = useText();
  const api = useApi();
  const { state: saving, act } = useAct();
  const { id, unit, state, receivedAt, issueCounts = {} } = submission;
  const hasIssues = isSettled(state) && Object.keys(issueCounts).length > 0;
  const routes: Route[] = [
    ...(receivedAt === undefined ? [] : (['GET /submissions/{id}/file'] as const)),
    ...(hasIssues ? (['GET /submissions/{id}/issues.csv'] as const) : []),
    ...(hasIssues && file && isAnnotatable(file) ? (['GET /submissions/{id}/annotated'] as const) : []),
  ];
  // The URL is asked for when it is wanted: it serves for five minutes only.
  const save = async (route: Route) => {
    const { body } = await callRoute(api, route, { params: { id }, query: { unit } });
    location.assign(body.url);
  };
  if (routes.length === 0) return null;
  return (
    <div class="stack-tight">
      <div class="row">
        {routes.map((route) => (
          <button
            key={route}
            type="button"
            class="button"
            disabled={saving.at === 'busy'}
            onClick={() => act(() => save(route))}
          >
            <Sign name="down" /> {text(names[route])}
          </button>
        ))}
      </div>
      <DownloadState of={saving} />
    </div>
  );
}
