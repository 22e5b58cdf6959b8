import { Link } from './link.tsx';

/** The way back to the page one level up. Its arrow is drawn, since fonts lack it, and says nothing to screen readers. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <p class="back">
      <Link href={href}>{children}</Link>
    </p>
  );
}
