import type { ComponentChildren } from 'preact';
import { useAsOf, withAsOf } from '../as-of.ts';

/** A link within the portal, which keeps the day the page speaks of. `current` marks the page one is on. */
export function Link({
  href,
  class: className,
  current,
  children,
}: {
  href: string;
  class?: string;
  current?: 'page';
  children: ComponentChildren;
}) {
  const { asOf } = useAsOf();
  return (
    <a
      href={withAsOf(href, asOf)}
      {...(className && { class: className })}
      {...(current && { 'aria-current': current })}
    >
      {children}
    </a>
  );
}
