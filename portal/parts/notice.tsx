import type { ComponentChildren } from 'preact';
import { Sign, type SignName } from './sign.tsx';

const symbols = {
  note: undefined,
  success: 'check',
  warning: 'warning',
  danger: 'cross',
} as const satisfies Record<string, SignName | undefined>;

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
  const symbol = symbols[kind];
  return (
    <div class={`notice ${kind}`} role={kind === 'danger' ? 'alert' : 'status'}>
      <p class="notice-title">
        {symbol && <Sign name={symbol} />} {title}
      </p>
      {children}
    </div>
  );
}
