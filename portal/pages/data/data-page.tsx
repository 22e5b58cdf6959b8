import { useLayoutEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { dataLink } from '../../../shared/domain/portal-links.ts';
import { WithCatalogue } from '../../catalogue.tsx';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { useAnswer } from '../../use-answer.ts';
import { DataOverview } from './data-overview.tsx';
import { describedTables } from './described-tables.ts';
import { QueryView } from './query-view.tsx';
import { TableView } from './table-view.tsx';

/** What analysts work with: named queries and tables, or the one the address names. */
export function DataPage() {
  const { query: address } = useLocation();
  const chosen = address.query ?? address.table;
  const before = useRef(chosen);
  useLayoutEffect(() => {
    if (before.current === chosen) return;
    before.current = chosen;
    // The router does so for another path, but all of these have one.
    scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [chosen]);
  if (address.query !== undefined) return <OneQuery key={address.query} name={address.query} />;
  if (address.table !== undefined) return <OneTable key={address.table} name={address.table} />;
  return <DataOverview />;
}

function OneQuery({ name }: { name: string }) {
  const asked = useAnswer('GET /queries', {});
  return (
    <Answered of={asked}>
      {({ queries }) => {
        const query = queries.find((one) => one.name === name);
        if (!query) return <Missing name={name} />;
        return (
          <Page title={query.title} lead={query.description}>
            <BackToOverview />
            <WithCatalogue>
              <QueryView query={query} />
            </WithCatalogue>
          </Page>
        );
      }}
    </Answered>
  );
}

function OneTable({ name }: { name: string }) {
  const table = describedTables.find((one) => one.name === name);
  if (!table) return <Missing name={name} />;
  return (
    <Page title={table.title} lead={table.grain}>
      <BackToOverview />
      <TableView table={table} />
    </Page>
  );
}

/** What stands where an address names a query or table that is none. */
function Missing({ name }: { name: string }) {
  const text = useText();
  return (
    <Page title={{ vi: 'Dữ liệu', en: 'Data' }}>
      <Notice
        kind="warning"
        title={text({
          vi: `Không có truy vấn hoặc bảng nào tên “${name}”.`,
          en: `There is no query or table “${name}”.`,
        })}
      />
      <BackToOverview />
    </Page>
  );
}

function BackToOverview() {
  const text = useText();
  return (
    <BackLink href={dataLink('')}>
      {text({ vi: 'Tất cả truy vấn và bảng', en: 'All queries and tables' })}
    </BackLink>
  );
}
