import { Fragment } from 'preact';
import type { Assessment } from '../../../shared/domain/assessment.ts';
import { type AssignedIndicator, type Bilingual, dueOf } from '../../../shared/domain/catalogue.ts';
import { dueTexts } from '../../../shared/domain/due-text.ts';
import { unitSign } from '../../../shared/domain/target.ts';
import { dayText, numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { targetWords } from '../../target-words.ts';
import { useUnitName } from '../../unit-name.ts';

/** What an indicator asks for, of whom and until when, and how far it is. */
export function IndicatorFacts({
  assigned: { task, indicator },
  assessment: { value, asAt, due, projection },
}: {
  assigned: AssignedIndicator;
  assessment: Pick<Assessment, 'value' | 'asAt' | 'due' | 'projection'>;
}) {
  const text = useText();
  const language = useLanguage();
  const nameOf = useUnitName();
  const valueText = (decimal: string) => numberText(decimal, language) + unitSign(indicator.kind);
  const owner = task.owner === '*' ? text({ vi: 'mọi đơn vị', en: 'every unit' }) : nameOf(task.owner);
  const stated = text(dueTexts(dueOf({ task, indicator })));
  const bodies = task.coordinators.map(nameOf).join(', ');
  const { numerator, denominator } = indicator;
  const latest =
    value !== null &&
    asAt !== null &&
    text({
      vi: `${valueText(value)}, đến ngày ${dayText(asAt)}`,
      en: `${valueText(value)}, as at ${dayText(asAt)}`,
    });
  const facts: Fact[] = [
    { name: { vi: 'Nhiệm vụ', en: 'Task' }, fact: `${task.ref} · ${text(task.title)}` },
    { name: { vi: 'Đơn vị thực hiện', en: 'Owed by' }, fact: owner },
    { name: { vi: 'Đơn vị phối hợp', en: 'Coordinating bodies' }, fact: bodies },
    { name: { vi: 'Mục tiêu', en: 'Target' }, fact: targetWords(indicator, language) },
    {
      name: { vi: 'Thời hạn', en: 'Due' },
      fact: due === null || dayText(due) === stated ? stated : `${dayText(due)} (${stated})`,
    },
    {
      name: { vi: 'Số liệu mới nhất', en: 'Latest figure' },
      fact: latest || text({ vi: 'chưa có', en: 'none yet' }),
    },
    {
      name: { vi: 'Dự báo đến hạn', en: 'Projected by the due date' },
      fact: projection === null ? '' : valueText(projection),
    },
    { name: { vi: 'Tử số', en: 'Numerator' }, fact: numerator ? text(numerator) : '' },
    { name: { vi: 'Mẫu số', en: 'Denominator' }, fact: denominator ? text(denominator) : '' },
  ];
  return (
    <dl class="facts">
      {facts
        .filter(({ fact }) => fact !== '')
        .map(({ name, fact }) => (
          <Fragment key={name.vi}>
            <dt>{text(name)}</dt>
            <dd>{fact}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

/** Left out where it is empty. */
interface Fact {
  name: Bilingual;
  fact: string;
}
