import type { Issue } from '../../shared/domain/issue.ts';
import { useText } from '../language.ts';
import { Sign, type SignName } from '../parts/sign.tsx';

/** The symbols that stand for an error and a warning wherever one is marked. */
export const severitySymbols: Readonly<Record<Issue['severity'], SignName>> = {
  error: 'cross',
  warning: 'warning',
};

/** Whether something is an error or a warning: symbol and word. */
export function SeverityMark({ severity }: { severity: Issue['severity'] }) {
  const text = useText();
  const name =
    severity === 'error' ? text({ vi: 'Lỗi', en: 'Error' }) : text({ vi: 'Cảnh báo', en: 'Warning' });
  return (
    <span class={`severity ${severity}`}>
      <Sign name={severitySymbols[severity]} />
      {name}
    </span>
  );
}
