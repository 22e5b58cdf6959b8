import { WithCatalogue } from '../../catalogue.tsx';
import { useText } from '../../language.ts';
import { Scroll } from '../../parts/scroll.tsx';
import type { DescribedTable } from './described-tables.ts';
import { TableDownload } from './table-download.tsx';

/** One table: its downloads, and what its columns mean. */
export function TableView({ table: { name, layout, columns } }: { table: DescribedTable }) {
  const text = useText();
  const title = text({ vi: 'Từ điển các cột', en: 'Columns' });
  return (
    <div class="stack">
      {layout === undefined ? (
        <p class="card">
          {text({
            vi: 'Bảng này được tính khi truy vấn, nên không có tệp để tải.',
            en: 'This table is computed when it is queried: there is no file of it to download.',
          })}
        </p>
      ) : (
        <WithCatalogue>
          <TableDownload name={name} layout={layout} />
        </WithCatalogue>
      )}
      <section class="stack-tight" aria-labelledby="columns">
        <h2 id="columns">{title}</h2>
        <p class="soft">
          {text({ vi: 'Tên trong SQL:', en: 'Name in SQL:' })} <code>{name}</code>
        </p>
        <Scroll label={text({ vi: 'Bảng các cột', en: 'Table of columns' })}>
          <table class="table data-dictionary">
            <caption class="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{text({ vi: 'Cột', en: 'Column' })}</th>
                <th scope="col">{text({ vi: 'Ý nghĩa', en: 'Meaning' })}</th>
                <th scope="col">{text({ vi: 'Đơn vị đo', en: 'Unit' })}</th>
                <th scope="col">{text({ vi: 'Kiểu', en: 'Type' })}</th>
                <th scope="col">{text({ vi: 'Để trống', en: 'Empty' })}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <tr key={column.name}>
                  <th scope="row">
                    <code>{column.name}</code>
                  </th>
                  <td class="words">{text(column.title)}</td>
                  <td>{column.unit && text(column.unit)}</td>
                  <td class="nowrap">
                    <code>{column.type}</code>
                  </td>
                  <td>{column.isNullable && text({ vi: 'có thể', en: 'may be' })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
    </div>
  );
}
