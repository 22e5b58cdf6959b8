import { useText } from '../language.ts';
import type { ActState } from '../use-act.ts';
import { Fault } from './fault.tsx';

/** How a download stands, announced as it changes. */
export function DownloadState({ of: state }: { of: ActState }) {
  const text = useText();
  return (
    <>
      <p role="status" class="small soft">
        {state.at === 'busy' && text({ vi: 'Đang chuẩn bị tệp…', en: 'Preparing the file…' })}
        {state.at === 'done' && text({ vi: 'Tệp đang được tải về.', en: 'The file is being downloaded.' })}
      </p>
      {state.at === 'fault' && <Fault fault={state.fault} />}
    </>
  );
}
