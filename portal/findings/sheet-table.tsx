import { Fragment } from 'preact';
import type { Issue } from '../../shared/domain/issue.ts';
import type { Sheet, SheetRow } from '../check/sheet.ts';
import { numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Sign } from '../parts/sign.tsx';
import { placeText } from './issue-place.ts';
import { severitySymbols } from './severity-mark.tsx';
import { cellId, marksOf, type RowMarks, rowId } from './sheet-marks.ts';

/** The most issues that are written out below one row. */
const maxNotes = 8;

/** The rows at fault as the sheet shows them, each cell at fault marked, and below each row what is wrong with it. */
export function SheetTable({ sheet, issues }: { sheet: Sheet; issues: readonly Issue[] }) {
  const language = useLanguage();
  const text = useText();
  const marks = marksOf(sheet, issues);
  const isJson = sheet.format === 'json';
  const title = isJson
    ? text({ vi: 'Các số liệu có lỗi hoặc cảnh báo', en: 'The observations with errors or warnings' })
    : text({
        vi: 'Các dòng có lỗi hoặc cảnh báo, như trong Excel',
        en: 'The rows with errors or warnings, as in Excel',
      });
  const left = numberText(sheet.rowsLeft, language);
  return (
    <div class="stack-tight">
      <Scroll label={title}>
        <table class="sheet">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th class="sheet-corner" scope="col">
                <span class="visually-hidden">{text({ vi: 'Dòng', en: 'Row' })}</span>
              </th>
              {sheet.columns.map(({ letters, name }) => (
                <th key={letters ?? name} scope="col">
                  {letters ?? <bdi>{name}</bdi>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row, index) => {
              const before = sheet.rows[index - 1]?.row ?? 0;
              return (
                <Fragment key={row.row}>
                  {row.row > before + 1 && <Gap span={sheet.columns.length + 1} />}
                  <Row row={row} marks={marks.get(row.row)} />
                  <Notes marks={marks.get(row.row)} span={sheet.columns.length} isJson={isJson} />
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {sheet.rowsLeft > 0 && (
        <p class="soft">
          {text({
            vi: `Còn ${left} dòng nữa có lỗi hoặc cảnh báo không hiện ở đây.`,
            en: `${left} more rows with errors or warnings are not shown here.`,
          })}
        </p>
      )}
    </div>
  );
}

function Gap({ span }: { span: number }) {
  return (
    <tr class="sheet-gap">
      <td colSpan={span} />
    </tr>
  );
}

function Row({ row: { row, isHeader, cells }, marks }: { row: SheetRow; marks: RowMarks | undefined }) {
  return (
    <tr class={isHeader ? 'sheet-header' : ''}>
      <RowNumber row={row} marks={marks} />
      {cells.map((cell, index) => (
        <Cell key={index} id={cellId(row, index)} cell={cell} issues={marks?.byColumn.get(index)} />
      ))}
    </tr>
  );
}

/** The number of a row; marked where something was found that is at no cell of it. */
function RowNumber({ row, marks }: { row: number; marks: RowMarks | undefined }) {
  const atCells = new Set([...(marks?.byColumn.values() ?? [])].flat());
  const ofRow = marks?.all.filter((issue) => !atCells.has(issue)) ?? [];
  const severity = worstOf(ofRow);
  return (
    <th scope="row" id={rowId(row)} tabIndex={-1} class={severity ? `sheet-fault ${severity}` : ''}>
      {severity && <Sign name={severitySymbols[severity]} />}
      {row}
    </th>
  );
}

function worstOf(issues: readonly Issue[]): Issue['severity'] | undefined {
  return issues.find(({ severity }) => severity === 'error')?.severity ?? issues[0]?.severity;
}

function Cell({ id, cell, issues }: { id: string; cell: string; issues: readonly Issue[] | undefined }) {
  const text = useText();
  const severity = worstOf(issues ?? []);
  if (!severity) {
    return (
      <td>
        <bdi>{cell}</bdi>
      </td>
    );
  }
  const word = severity === 'error' ? { vi: 'Lỗi: ', en: 'Error: ' } : { vi: 'Cảnh báo: ', en: 'Warning: ' };
  return (
    <td id={id} tabIndex={-1} class={`sheet-fault ${severity}`}>
      <Sign name={severitySymbols[severity]} />
      <span class="visually-hidden">{text(word)}</span>
      {cell === '' ? <span class="soft">{text({ vi: '(trống)', en: '(blank)' })}</span> : <bdi>{cell}</bdi>}
    </td>
  );
}

function Notes({ marks, span, isJson }: { marks: RowMarks | undefined; span: number; isJson: boolean }) {
  const language = useLanguage();
  const text = useText();
  if (!marks || marks.all.length === 0) return null;
  const more = numberText(marks.all.length - maxNotes, language);
  return (
    <tr class="sheet-notes">
      <td />
      <td colSpan={span}>
        <ul>
          {marks.all.slice(0, maxNotes).map((issue, index) => {
            const place = placeText(issue, isJson);
            return (
              <li key={index} class={issue.severity}>
                <Sign name={severitySymbols[issue.severity]} />{' '}
                {place && (
                  <strong>
                    <bdi>{text(place)}</bdi>:{' '}
                  </strong>
                )}
                {text(issue.message)}
              </li>
            );
          })}
          {marks.all.length > maxNotes && (
            <li>{text({ vi: `và ${more} mục nữa`, en: `and ${more} more` })}</li>
          )}
        </ul>
      </td>
    </tr>
  );
}
