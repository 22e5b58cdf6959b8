import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Bilingual } from '../../shared/domain/catalogue.ts';
import { useText } from '../language.ts';

/** A page under its title, which is the window's too; `lead` says in a sentence what the page is for. */
export function Page({
  title,
  lead,
  children,
}: {
  title: Bilingual;
  lead?: Bilingual;
  children: ComponentChildren;
}) {
  const text = useText();
  const name = text(title);
  useEffect(() => {
    document.title = `${name} – tiendo`;
  }, [name]);
  return (
    <div class="stack">
      <div class="stack-tight">
        <h1>{name}</h1>
        {lead && <p class="lead">{text(lead)}</p>}
      </div>
      {children}
    </div>
  );
}
