import { useRoute } from 'preact-iso';
import type { Bilingual } from '../../../shared/domain/catalogue.ts';
import { sendLink, submissionLink } from '../../../shared/domain/portal-links.ts';
import { WithCatalogue } from '../../catalogue.tsx';
import { countBySeverity, shownGroups } from '../../findings/issue-groups.ts';
import { numberText, timeText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Link } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useSession } from '../../session/session-context.ts';
import { useUnitName } from '../../unit-name.ts';
import { useAnswer } from '../../use-answer.ts';
import type { SubmissionAnswer } from './follow-submission.ts';
import { SubmissionMark } from './submission-mark.tsx';

/** Everything a unit has sent, newest first; those who oversee it see its name. */
export function SubmissionsPage() {
  const { viewer } = useSession();
  const { unit = '' } = useRoute().params;
  if (viewer.role !== 'province')
    return (
      <WithCatalogue>
        <OverseenSubmissions unit={unit} />
      </WithCatalogue>
    );
  return <Submissions unit={unit} title={{ vi: 'Đã nộp', en: 'Sent files' }} isOwn />;
}

function OverseenSubmissions({ unit }: { unit: string }) {
  const name = useUnitName()(unit);
  return <Submissions unit={unit} title={{ vi: `${name}: tệp đã nộp`, en: `${name}: files sent` }} />;
}

function Submissions({ unit, title, isOwn = false }: { unit: string; title: Bilingual; isOwn?: boolean }) {
  const text = useText();
  const asked = useAnswer('GET /submissions', { query: { unit } });
  return (
    <Page
      title={title}
      lead={{
        vi: 'Mỗi lần nộp có một biên nhận, kể cả tệp bị từ chối. Mới nhất ở trên.',
        en: 'Every file sent has its receipt, also the rejected ones. The newest is on top.',
      }}
    >
      <Answered of={asked}>
        {({ submissions }) =>
          submissions.length === 0 ? (
            <Empty>
              {text({ vi: 'Chưa nộp tệp nào. ', en: 'Nothing has been sent yet. ' })}
              {isOwn && (
                <Link href={sendLink('')}>{text({ vi: 'Nộp tệp đầu tiên', en: 'Send the first file' })}</Link>
              )}
            </Empty>
          ) : (
            <SubmissionTable submissions={submissions} />
          )
        }
      </Answered>
    </Page>
  );
}

function SubmissionTable({ submissions }: { submissions: readonly SubmissionAnswer[] }) {
  const text = useText();
  const title = text({ vi: 'Các lượt nộp', en: 'Sent files' });
  return (
    <Scroll label={title}>
      <table class="table submissions">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{text({ vi: 'Tệp', en: 'File' })}</th>
            <th scope="col">{text({ vi: 'Kết quả', en: 'Outcome' })}</th>
            <th scope="col">{text({ vi: 'Nhận lúc', en: 'Received' })}</th>
            <th scope="col" class="number">
              {text({ vi: 'Dòng', en: 'Rows' })}
            </th>
            <th scope="col">{text({ vi: 'Lỗi, cảnh báo', en: 'Errors, warnings' })}</th>
          </tr>
        </thead>
        <tbody>
          {submissions.map((submission) => (
            <SubmissionLine key={submission.id} submission={submission} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function SubmissionLine({ submission }: { submission: SubmissionAnswer }) {
  const language = useLanguage();
  const text = useText();
  const { id, unit, fileName, receivedAt, requestedAt, rows, withdrawnAt, withdrawalReason } = submission;
  return (
    <tr>
      <th scope="row">
        <Link href={submissionLink('', unit, id)}>
          <bdi class="file-name">{fileName}</bdi>
        </Link>
      </th>
      <td>
        <SubmissionMark submission={submission} />
        {withdrawnAt !== undefined && (
          <p class="soft small">
            {timeText(withdrawnAt)}: <bdi>{withdrawalReason}</bdi>
          </p>
        )}
      </td>
      <td>
        {receivedAt === undefined
          ? text({ vi: `yêu cầu ${timeText(requestedAt)}`, en: `requested ${timeText(requestedAt)}` })
          : timeText(receivedAt)}
      </td>
      <td class="number">{rows === undefined ? '–' : numberText(rows, language)}</td>
      <td>
        <IssueCounts counts={submission.issueCounts ?? {}} />
      </td>
    </tr>
  );
}

function IssueCounts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const language = useLanguage();
  const text = useText();
  const { error, warning } = countBySeverity(shownGroups([], counts));
  const parts = [
    ...(error > 0
      ? [text({ vi: `${numberText(error, language)} lỗi`, en: `${numberText(error, language)} errors` })]
      : []),
    ...(warning > 0
      ? [
          text({
            vi: `${numberText(warning, language)} cảnh báo`,
            en: `${numberText(warning, language)} warnings`,
          }),
        ]
      : []),
  ];
  return <>{parts.length === 0 ? '–' : parts.join(', ')}</>;
}
