import type { Bilingual } from '../../../shared/domain/catalogue.ts';
import { queryLink, tableLink } from '../../../shared/domain/portal-links.ts';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { Link } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { useAnswer } from '../../use-answer.ts';
import { describedTables } from './described-tables.ts';

/** The named queries and the tables, to choose one. */
export function DataOverview() {
  const text = useText();
  const asked = useAnswer('GET /queries', {});
  return (
    <Page
      title={{ vi: 'Dữ liệu', en: 'Data' }}
      lead={{
        vi: 'Chạy một truy vấn có sẵn, hoặc tải một bảng số liệu cùng từ điển các cột.',
        en: 'Run a named query, or download a table and read what its columns mean.',
      }}
    >
      <section class="stack-tight" aria-labelledby="named-queries">
        <h2 id="named-queries">{text({ vi: 'Truy vấn có sẵn', en: 'Named queries' })}</h2>
        <Answered of={asked}>
          {({ queries }) => (
            <ul class="data-cards">
              {queries.map(({ name, title, description }) => (
                <Choice key={name} href={queryLink('', name)} name={name} title={title} says={description} />
              ))}
            </ul>
          )}
        </Answered>
      </section>
      <section class="stack-tight" aria-labelledby="tables">
        <h2 id="tables">{text({ vi: 'Bảng và từ điển', en: 'Tables and dictionary' })}</h2>
        <ul class="data-cards">
          {describedTables.map(({ name, title, grain }) => (
            <Choice key={name} href={tableLink('', name)} name={name} title={title} says={grain} />
          ))}
        </ul>
      </section>
    </Page>
  );
}

function Choice({
  href,
  name,
  title,
  says,
}: {
  href: string;
  name: string;
  title: Bilingual;
  says: Bilingual;
}) {
  const text = useText();
  return (
    <li class="card data-card">
      <h3>
        <Link href={href}>{text(title)}</Link>
      </h3>
      <p class="small soft">{text(says)}</p>
      <code class="soft">{name}</code>
    </li>
  );
}
