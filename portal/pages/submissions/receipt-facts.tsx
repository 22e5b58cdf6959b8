import type { ComponentChildren } from 'preact';
import { submissionLink } from '../../../shared/domain/portal-links.ts';
import type { ReceiptFact } from '../../../shared/domain/receipt.ts';
import { bytesText, numberText, timeText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';

/** The lines of a receipt. */
export function ReceiptFacts({ unit, facts }: { unit: string; facts: readonly ReceiptFact[] }) {
  const text = useText();
  return (
    <dl class="facts">
      {facts.map((fact) => (
        <FactLine key={fact.label.en} label={sentenceCase(text(fact.label))}>
          <FactValue unit={unit} fact={fact} />
        </FactLine>
      ))}
    </dl>
  );
}

function FactLine({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function FactValue({ unit, fact }: { unit: string; fact: ReceiptFact }) {
  const language = useLanguage();
  const text = useText();
  switch (fact.kind) {
    case 'text':
      return <bdi>{fact.text}</bdi>;
    case 'instant':
      return timeText(fact.at);
    case 'bytes':
      return bytesText(fact.count, language);
    case 'count':
      return numberText(fact.count, language);
    case 'copy':
      return (
        <>
          {text({ vi: 'giống hệt lượt nộp ', en: 'the same as ' })}
          <Link href={submissionLink('', unit, fact.of)}>{fact.of}</Link>
          {text({ vi: '; không công bố lại', en: '; not published again' })}
        </>
      );
  }
}

/** `received` → `Received`: labels are small letters where both languages stand in one line. */
function sentenceCase(label: string): string {
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}
