import type { Bilingual } from '../../../shared/domain/catalogue.ts';
import type { QueryExecution } from '../../../shared/domain/query-answers.ts';
import { bytesText, numberText, timeText } from '../../format.ts';
import { type Language, useLanguage, useText } from '../../language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { AnswerBars } from './answer-bars.tsx';
import type { QueryAnswer } from './answer-cells.ts';
import { AnswerDownload } from './answer-download.tsx';
import { AnswerTable } from './answer-table.tsx';
import { countText } from './count-text.ts';
import { useExecution } from './use-execution.ts';

/**
 * What became of a running query, from its start to its rows. `statement` is what the page asks for now: an answer to
 * another one, by an old or a changed link, says so.
 */
export function QueryOutcome({ id, statement, leave }: { id: string; statement?: string; leave(): void }) {
  const text = useText();
  const language = useLanguage();
  const { execution, fault, reload } = useExecution(id);
  if (fault !== undefined) return <Fault fault={fault} retry={reload} />;
  return (
    <section class="stack-tight" aria-labelledby="outcome">
      <h2 id="outcome">{text({ vi: 'Kết quả', en: 'Result' })}</h2>
      {/* There before anything is to be said, so that each change is. */}
      <p role="status" class="visually-hidden">
        {execution && text(said(execution, language))}
      </p>
      {execution === undefined ? (
        <Loading />
      ) : (
        <>
          <Standing of={execution} leave={leave} />
          {execution.state === 'succeeded' &&
            statement !== undefined &&
            execution.statement !== statement && (
              <Notice
                kind="warning"
                title={text({
                  vi: 'Kết quả này không phải của các tham số trên. Hãy chạy lại truy vấn.',
                  en: 'This is not the answer for the parameters above. Run the query again.',
                })}
              />
            )}
          {execution.state === 'succeeded' && <Answer answer={execution} />}
        </>
      )}
    </section>
  );
}

/** How it stands, to be seen. */
function Standing({ of: execution, leave }: { of: QueryExecution; leave(): void }) {
  const text = useText();
  const language = useLanguage();
  switch (execution.state) {
    case 'queued':
    case 'running':
      return (
        <div class="card stack-tight">
          <Progress label={text(waiting[execution.state])} />
          <p>
            <button type="button" class="button" onClick={leave}>
              {text({ vi: 'Thôi chờ', en: 'Stop waiting' })}
            </button>
          </p>
        </div>
      );
    case 'failed':
      return (
        <Notice
          kind="danger"
          title={text({ vi: 'Truy vấn không chạy được', en: 'The query could not be run' })}
        >
          <p>{text(execution.reason)}</p>
        </Notice>
      );
    case 'succeeded': {
      const { completedAt, bytesScanned } = execution;
      const read = bytesText(bytesScanned, language);
      return (
        <p class="soft">
          {text(rowsText(execution, language))}
          {' · '}
          {text({ vi: `chạy lúc ${timeText(completedAt)}`, en: `run at ${timeText(completedAt)}` })}
          {' · '}
          {text({ vi: `đọc ${read}`, en: `${read} read` })}
        </p>
      );
    }
  }
}

function rowsText({ rows, rowCount }: QueryAnswer, language: Language): Bilingual {
  return countText(rows.length, rowCount, (count) => numberText(count, language));
}

/** How it stands, to be heard; a failure is announced by its notice. */
function said(execution: QueryExecution, language: Language): Bilingual {
  switch (execution.state) {
    case 'queued':
    case 'running':
      return waiting[execution.state];
    case 'failed':
      return { vi: '', en: '' };
    case 'succeeded':
      return rowsText(execution, language);
  }
}

const waiting = {
  queued: { vi: 'Đang chờ đến lượt…', en: 'Waiting for its turn…' },
  running: { vi: 'Đang chạy truy vấn…', en: 'Running the query…' },
} as const;

function Answer({ answer }: { answer: QueryAnswer }) {
  const text = useText();
  if (answer.rows.length === 0) {
    return (
      <Empty>
        {text({
          vi: 'Không có dòng nào cho các tham số này. Hãy thử ngày, đơn vị hoặc chỉ tiêu khác.',
          en: 'There are no rows for these parameters. Try another day, unit or indicator.',
        })}
      </Empty>
    );
  }
  return (
    <>
      <AnswerDownload id={answer.id} isForExcel={answer.download.isForExcel} />
      <AnswerBars answer={answer} />
      <AnswerTable answer={answer} />
    </>
  );
}
