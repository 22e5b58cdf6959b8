import type { ComponentChildren } from 'preact';

/** Something to be read before the rest. `danger` is announced at once by screen readers, the others in their turn. */
export function Notice({
  kind = 'note',
  title,
  children,
}: {
  kind?: 'note' | 'success' | 'warning' | 'danger';
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class={`notice ${kind}`} role={kind === 'danger' ? 'alert' : 'status'}>
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}
