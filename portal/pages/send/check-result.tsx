import { WithCatalogue } from '../../catalogue.tsx';
import { DetectedFile } from '../../findings/detected-file.tsx';
import { DifferenceView } from '../../findings/difference-view.tsx';
import { countBySeverity, shownGroups } from '../../findings/issue-groups.ts';
import { IssueList } from '../../findings/issue-list.tsx';
import { SheetTable } from '../../findings/sheet-table.tsx';
import { bytesText, numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Progress } from '../../parts/progress.tsx';
import { SendFault } from './send-fault.tsx';
import type { Sending, SendingActs } from './use-sending.ts';
import { VerdictNotice } from './verdict-notice.tsx';

type Checked = Extract<Sending, { at: 'checked' | 'sending' | 'send-fault' }>;

/** What the check found, what sending would change, and, where nothing stands against it, the way to send. */
export function CheckResult({ sending, acts }: { sending: Checked; acts: SendingActs }) {
  const language = useLanguage();
  const text = useText();
  const {
    file,
    checked: { report, sheet },
  } = sending;
  const counts = countBySeverity(shownGroups(report.issues, report.issueCounts));
  const isAccepted = report.verdict === 'accepted';
  const hasIssues = counts.error + counts.warning > 0;
  return (
    <>
      <p>
        <bdi class="file-name">{file.name}</bdi>{' '}
        <span class="soft">
          ({bytesText(file.size, language)},{' '}
          {text({
            vi: `${numberText(report.rows, language)} dòng số liệu`,
            en: `${numberText(report.rows, language)} rows of figures`,
          })}
          )
        </span>
      </p>
      <VerdictNotice report={report} counts={counts} />
      <SendBar sending={sending} acts={acts} isAccepted={isAccepted} />
      {hasIssues && (
        <section class="stack-tight">
          <h2>
            {counts.error > 0
              ? text({ vi: 'Cần sửa', en: 'To be mended' })
              : text({ vi: 'Nên xem lại', en: 'To be looked at' })}
          </h2>
          <IssueList
            issues={report.issues}
            issueCounts={report.issueCounts}
            isJson={report.file.format === 'json'}
            sheet={sheet}
          />
          {sheet && <SheetTable sheet={sheet} issues={report.issues} />}
        </section>
      )}
      {isAccepted && (
        <section class="stack-tight">
          <h2>{text({ vi: 'So với số liệu đang công bố', en: 'Against what is published' })}</h2>
          <WithCatalogue>
            <DifferenceView difference={report.difference} counts={report.differenceCounts} />
          </WithCatalogue>
        </section>
      )}
      <details>
        <summary>{text({ vi: 'Tệp được đọc như thế nào', en: 'How the file was read' })}</summary>
        <DetectedFile file={report.file} />
      </details>
    </>
  );
}

/** Send, or choose another; a file with errors is not offered to be sent. */
function SendBar({
  sending,
  acts: { send, startOver },
  isAccepted,
}: {
  sending: Checked;
  acts: SendingActs;
  isAccepted: boolean;
}) {
  const text = useText();
  if (sending.at === 'sending') {
    return (
      <div class="card stack-tight">
        <Progress label={text({ vi: 'Đang gửi…', en: 'Sending…' })} share={sending.share} />
        <p>
          <button type="button" class="button" onClick={startOver}>
            {text({ vi: 'Dừng gửi', en: 'Stop sending' })}
          </button>
        </p>
      </div>
    );
  }
  return (
    <>
      {sending.at === 'send-fault' && (
        <SendFault fault={sending.fault} retry={send} chooseAgain={startOver} />
      )}
      <div class="row">
        {isAccepted && sending.at === 'checked' && (
          <button type="button" class="button primary" onClick={send}>
            {text({ vi: 'Gửi', en: 'Send' })}
          </button>
        )}
        <button type="button" class={isAccepted ? 'button' : 'button primary'} onClick={startOver}>
          {isAccepted
            ? text({ vi: 'Chọn tệp khác', en: 'Choose another file' })
            : text({ vi: 'Chọn tệp đã sửa…', en: 'Choose the mended file…' })}
        </button>
      </div>
    </>
  );
}
