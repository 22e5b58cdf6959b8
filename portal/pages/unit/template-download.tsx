import { callRoute } from '../../../shared/client/call-route.ts';
import { useText } from '../../language.ts';
import { DownloadState } from '../../parts/download-state.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useApi } from '../../session/session-context.ts';
import { useAct } from '../../use-act.ts';

/** Saves the file a unit fills in for the month that is running. */
export function TemplateDownload({ unit }: { unit: string }) {
  const text = useText();
  const api = useApi();
  const { state, act } = useAct();
  const save = async () => {
    const { body } = await callRoute(api, 'GET /units/{unit}/template.csv', { params: { unit } });
    saveText(`tiendo-mau-${unit}.csv`, body);
  };
  return (
    <div class="stack-tight">
      <button type="button" class="button" disabled={state.at === 'busy'} onClick={() => act(save)}>
        <Sign name="down" /> {text({ vi: 'Tải tệp mẫu (CSV cho Excel)', en: 'Template (CSV for Excel)' })}
      </button>
      <DownloadState of={state} />
    </div>
  );
}

/** Hands a text to the browser to be saved. A decoder has dropped the mark by which Excel knows UTF-8: it is put back. */
function saveText(fileName: string, content: string): void {
  const marked = content.startsWith('\ufeff') ? content : `\ufeff${content}`;
  const url = URL.createObjectURL(new Blob([marked], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
