import { useId, useRef, useState } from 'preact/hooks';
import { unitLink } from '../../../shared/domain/portal-links.ts';
import { useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';
import { Notice } from '../../parts/notice.tsx';

/** The first step: a file is dropped, or chosen by a button, the keyboard included. */
export function ChooseFile({ unit, choose }: { unit: string; choose(file: File): void }) {
  const text = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [areMany, setAreMany] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const [file, ...others] = files ?? [];
    setAreMany(others.length > 0);
    if (file && others.length === 0) choose(file);
  };
  return (
    <div class="stack-tight">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way beside the button in it */}
      <div
        class={isOver ? 'drop is-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer?.files);
        }}
      >
        <p class="drop-title" aria-hidden="true">
          {text({ vi: 'Thả tệp vào đây, hoặc', en: 'Drop the file here, or' })}
        </p>
        <button
          type="button"
          class="button primary"
          onClick={() => input.current?.click()}
          aria-describedby={id}
        >
          {text({ vi: 'Chọn tệp…', en: 'Choose a file…' })}
        </button>
        <input
          ref={input}
          type="file"
          class="drop-input"
          tabIndex={-1}
          aria-hidden="true"
          data-testid="file"
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            // The same file may be chosen again after it was mended.
            currentTarget.value = '';
          }}
        />
        <p id={id} class="soft small">
          {text({
            vi: 'CSV (từ Excel: Lưu dưới dạng › CSV UTF-8) hoặc JSON, tối đa 200 MB. Một tệp cho một năm.',
            en: 'CSV (from Excel: Save As › CSV UTF-8) or JSON, up to 200 MB. One year a file.',
          })}
        </p>
      </div>
      {areMany && (
        <Notice
          kind="warning"
          title={text({
            vi: 'Mỗi lần chỉ nộp một tệp. Hãy chọn một tệp.',
            en: 'One file at a time. Choose one.',
          })}
        />
      )}
      <p>
        {text({ vi: 'Chưa có tệp? Tải tệp mẫu ở trang ', en: 'No file yet? The template is on the page ' })}
        <Link href={unitLink('', unit)}>{text({ vi: 'Việc của tôi', en: 'My work' })}</Link>.
      </p>
    </div>
  );
}
