import { useCatalogue } from '../../catalogue.tsx';
import { BarChart } from '../../charts/bar-chart.tsx';
import { numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import type { QueryAnswer } from './answer-cells.ts';
import { chartOf } from './answer-chart.ts';

/** The numbers of an answer as bars, where it has some that can be compared. */
export function AnswerBars({ answer }: { answer: QueryAnswer }) {
  const text = useText();
  const language = useLanguage();
  const chart = chartOf(answer, useCatalogue(), language);
  if (!chart) return null;
  const { label, value, entries, left } = chart;
  const titleOf = ({ title, name }: typeof label) => (title ? text(title) : name);
  const first = numberText(entries.length, language);
  const caption =
    left === 0
      ? titleOf(value)
      : text({
          vi: `${titleOf(value)}, ${first} dòng đầu`,
          en: `${titleOf(value)}, the first ${first} rows`,
        });
  return (
    <div class="card">
      <BarChart
        caption={caption}
        headings={[titleOf(label), titleOf(value)]}
        entries={entries}
        {...(value.unit?.vi === '%' && { unitSign: ' %' })}
      />
    </div>
  );
}
