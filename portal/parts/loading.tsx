import { useText } from '../language.ts';

/** What stands where an answer will be. */
export function Loading() {
  const text = useText();
  return (
    <p class="loading" role="status">
      {text({ vi: 'Đang tải…', en: 'Loading…' })}
    </p>
  );
}
