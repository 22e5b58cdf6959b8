import { analyticsName } from '../../../shared/domain/analytics-name.ts';
import { useText } from '../../language.ts';
import { CopiedText } from './copied-text.tsx';
import { commandOf, type GivenParameters } from './query-parameters.ts';

/** The statement of a query as it is asked now, and the two ways to run it oneself. */
export function QueryStatement({
  name,
  given,
  statement,
}: {
  name: string;
  given: GivenParameters;
  statement: string;
}) {
  const text = useText();
  return (
    <section class="stack-tight" aria-labelledby="statement">
      <h2 id="statement">{text({ vi: 'Tự chạy truy vấn này', en: 'Run it yourself' })}</h2>
      <p class="lead">
        {text({
          vi: 'Câu lệnh dưới đây chạy được nguyên văn trên cả Athena lẫn DuckDB.',
          en: 'The statement below runs as it is on both Athena and DuckDB.',
        })}
      </p>
      <div class="data-ways">
        <div class="stack-tight">
          <h3>{text({ vi: 'Trên đám mây: Athena', en: 'In the cloud: Athena' })}</h3>
          <dl class="facts">
            <dt>{text({ vi: 'Nhóm làm việc', en: 'Workgroup' })}</dt>
            <dd>
              <code>{analyticsName}</code>
            </dd>
            <dt>{text({ vi: 'Cơ sở dữ liệu', en: 'Database' })}</dt>
            <dd>
              <code>{analyticsName}</code>
            </dd>
          </dl>
        </div>
        <div class="stack-tight">
          <h3>{text({ vi: 'Trên máy này: DuckDB', en: 'On your machine: DuckDB' })}</h3>
          <CopiedText label={text({ vi: 'Lệnh', en: 'Command' })} code={commandOf(name, given)} />
        </div>
      </div>
      <h3>{text({ vi: 'Câu lệnh SQL', en: 'SQL statement' })}</h3>
      <CopiedText label={text({ vi: 'Câu lệnh SQL', en: 'SQL statement' })} code={statement} />
    </section>
  );
}
