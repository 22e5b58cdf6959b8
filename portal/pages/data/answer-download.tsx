import { callRoute } from '../../../shared/client/call-route.ts';
import { useText } from '../../language.ts';
import { DownloadState } from '../../parts/download-state.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useApi } from '../../session/session-context.ts';
import { useAct } from '../../use-act.ts';

/** Saves all rows of an answer. The address is asked for when it is wanted: it serves for five minutes only. */
export function AnswerDownload({ id, isForExcel }: { id: string; isForExcel: boolean }) {
  const text = useText();
  const api = useApi();
  const { state, act } = useAct();
  const save = async () => {
    const { body } = await callRoute(api, 'GET /queries/executions/{id}', { params: { id } });
    if (body.state === 'succeeded') location.assign(body.download.url);
  };
  return (
    <div class="stack-tight">
      <div class="row">
        <button type="button" class="button" disabled={state.at === 'busy'} onClick={() => act(save)}>
          <Sign name="down" />{' '}
          {isForExcel
            ? text({ vi: 'Tải toàn bộ kết quả (CSV cho Excel)', en: 'Download all rows (CSV for Excel)' })
            : text({ vi: 'Tải toàn bộ kết quả (CSV)', en: 'Download all rows (CSV)' })}
        </button>
        {!isForExcel && (
          <span class="small soft">
            {text({
              vi: 'Kết quả lớn: tệp dùng dấu phẩy giữa các cột và dấu chấm thập phân. Khi mở bằng Excel, hãy nhập qua Data › From Text/CSV.',
              en: 'A large result: the file has commas between columns and decimal points. Open it in Excel by Data › From Text/CSV.',
            })}
          </span>
        )}
      </div>
      <DownloadState of={state} />
    </div>
  );
}
