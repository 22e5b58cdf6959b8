import { Fragment } from 'preact';
import { useCatalogue } from '../../catalogue.tsx';
import { useLanguage, useText } from '../../language.ts';
import { Scroll } from '../../parts/scroll.tsx';
import {
  cellText,
  headingOf,
  isCut,
  type QueryAnswer,
  type ShownColumn,
  shownColumns,
  unitNameOf,
  unitSignOf,
} from './answer-cells.ts';

/** The rows of an answer: numbers to the right, units by id and name. */
export function AnswerTable({ answer }: { answer: QueryAnswer }) {
  const text = useText();
  const language = useLanguage();
  const columns = shownColumns(answer.columns, language);
  const caption = text({ vi: 'Các dòng của kết quả', en: 'Rows of the result' });
  return (
    <div class="stack-tight data-answer">
      <Scroll label={caption}>
        <table class="table data-rows">
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" class={column.type === 'number' ? 'number' : undefined}>
                  {headingOf(column, language)}
                  {unitSignOf(column, language) && ` (${unitSignOf(column, language)})`}
                  <code>{column.name}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <Cell key={column.name} cell={row[column.index] ?? null} column={column} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {isCut(answer) && (
        <p class="small soft">
          {text({
            vi: 'Số thập phân được ghi với hai chữ số, làm tròn xuống; tệp tải về có đủ chữ số.',
            en: 'Decimals are written with two places, rounded down; the download has all digits.',
          })}
        </p>
      )}
      <Meanings columns={columns} />
    </div>
  );
}

/** What the columns mean, in full. */
function Meanings({ columns }: { columns: readonly ShownColumn[] }) {
  const text = useText();
  return (
    <details class="data-meanings">
      <summary>{text({ vi: 'Các cột nghĩa là gì', en: 'What the columns mean' })}</summary>
      <dl class="facts">
        {columns.map(({ name, title, unit }) => (
          <Fragment key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {title && text(title)}
              {unit && ` (${text(unit)})`}
            </dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}

/** Texts of so many characters stay in one line; longer ones get room of their own. */
const maxLineCharacters = 28;

function Cell({ cell, column }: { cell: string | null; column: ShownColumn }) {
  const language = useLanguage();
  const catalogue = useCatalogue();
  const shown = cellText(cell, column, language);
  const unitName = column.isNamed ? unitNameOf(catalogue, cell, language) : undefined;
  const kind = column.type === 'number' ? 'number' : shown.length > maxLineCharacters ? 'words' : 'nowrap';
  return (
    <td class={kind}>
      {shown}
      {unitName && <span class="soft"> {unitName}</span>}
    </td>
  );
}
