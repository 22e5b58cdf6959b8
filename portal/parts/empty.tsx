import type { ComponentChildren } from 'preact';

/** What stands where there is nothing: why, and what to do about it. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
