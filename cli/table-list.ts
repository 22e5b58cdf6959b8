import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../local/exported-tables.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Bilingual } from '../shared/domain/catalogue.ts';
import { namedQueries } from '../shared/domain/named-queries.ts';
import { tables } from '../shared/domain/tables.ts';
import { views } from '../shared/domain/views.ts';
import { tableLines } from './text-table.ts';

/** What there is to query, as text: each table with its columns and number of rows, then the saved queries. */
export async function describeTables(connection: DuckDBConnection): Promise<string> {
  const sections: string[] = [];
  for (const { name, title, grain, columns } of [...tables, ...views]) {
    const [[count = 0] = []] = await (await connection.run(`SELECT count(*) FROM ${quoted(name)}`)).getRows();
    const lines = tableLines(columns.map((column) => [`  ${column.name}`, column.type, meaningText(column)]));
    const heading = `${name} · ${both(title)} · ${numberText(count)} dòng · rows`;
    sections.push([heading, `  ${both(grain)}`, ...lines].join('\n'));
  }
  const saved = namedQueries(loadCatalogue().directive).map(({ name, title, parameters }) =>
    [
      `${name} · ${both(title)}`,
      ...parameters.map(
        (parameter) => `  --param ${parameter.name}=${parameter.default}  ${both(parameter.title)}`,
      ),
    ].join('\n'),
  );
  return ['CÁC BẢNG · TABLES', ...sections, 'TRUY VẤN CÓ SẴN · SAVED QUERIES  (--named)', ...saved].join(
    '\n\n',
  );
}

function numberText(count: unknown): string {
  return Number(count).toLocaleString('vi-VN');
}

function meaningText({ title, unit }: { title: Bilingual; unit?: Bilingual }): string {
  return unit ? `${both(title)} [${both(unit)}]` : both(title);
}

function both({ vi, en }: Bilingual): string {
  return `${vi} · ${en}`;
}
