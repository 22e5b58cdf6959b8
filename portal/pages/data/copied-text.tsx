import { useState } from 'preact/hooks';
import { useText } from '../../language.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** A piece of code under its name, with a button that copies it. */
export function CopiedText({ label, code }: { label: string; code: string }) {
  const text = useText();
  const [copied, setCopied] = useState<{ code: string; isDone: boolean }>();
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => setCopied({ code, isDone: true }),
      () => setCopied({ code, isDone: false }),
    );
  const said = copied?.code === code ? copied : undefined;
  return (
    <div class="data-code">
      <Scroll label={label}>
        <pre>
          <code>{code}</code>
        </pre>
      </Scroll>
      <div class="row">
        <button type="button" class="button" aria-label={`${text(copyText)}: ${label}`} onClick={copy}>
          {text(copyText)}
        </button>
        <span role="status" class="small soft">
          {said?.isDone === true && text({ vi: 'Đã sao chép.', en: 'Copied.' })}
          {said?.isDone === false &&
            text({
              vi: 'Trình duyệt không cho sao chép. Hãy chọn đoạn trên rồi nhấn Ctrl+C.',
              en: 'The browser does not let us copy. Select the text above and press Ctrl+C.',
            })}
        </span>
      </div>
    </div>
  );
}

const copyText = { vi: 'Sao chép', en: 'Copy' } as const;
