import { useCatalogue } from '../../catalogue.tsx';
import { BarChart } from '../../charts/bar-chart.tsx';
import { numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { headingOf, type QueryAnswer, unitSignOf } from './answer-cells.ts';
import { chartOf } from './answer-chart.ts';

/** The numbers of an answer as bars, where it has some that can be compared. */
export function AnswerBars({ answer }: { answer: QueryAnswer }) {
  const text = useText();
  const language = useLanguage();
  const chart = chartOf(answer, useCatalogue(), language);
  if (!chart) return null;
  const { label, value, entries, left } = chart;
  const [category, number] = [headingOf(label, language), headingOf(value, language)];
  const sign = unitSignOf(value, language);
  const first = numberText(entries.length, language);
  const caption =
    left === 0
      ? number
      : text({
          vi: `${number}, ${first} dòng đầu`,
          en: `${number}, the first ${first} rows`,
        });
  return (
    <div class="card">
      <BarChart
        caption={caption}
        headings={[category, number]}
        entries={entries}
        {...(sign && { unitSign: ` ${sign}` })}
      />
    </div>
  );
}
