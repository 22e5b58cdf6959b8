import type { DryRunReport } from '../../../shared/domain/dry-run-report.ts';
import type { Issue } from '../../../shared/domain/issue.ts';
import { numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Notice } from '../../parts/notice.tsx';

/** Whether a checked file can be sent, in a sentence, and what to do. */
export function VerdictNotice({
  report: { verdict, issueCounts },
  counts: { error, warning },
}: {
  report: Pick<DryRunReport, 'verdict' | 'issueCounts'>;
  counts: Readonly<Record<Issue['severity'], number>>;
}) {
  const language = useLanguage();
  const text = useText();
  const errors = numberText(error, language);
  const warnings = numberText(warning, language);
  if (verdict === 'rejected') {
    return (
      <Notice
        kind="danger"
        title={text({
          vi: `Chưa gửi được: tệp có ${errors} lỗi`,
          en: `Not ready: ${errors} errors in the file`,
        })}
      >
        <p>
          {text({
            vi: 'Hãy sửa các chỗ nêu dưới đây trong Excel, lưu lại, rồi chọn tệp lần nữa. Chưa có gì được nộp.',
            en: 'Mend the places named below in Excel, save the file and choose it again. Nothing has been sent.',
          })}
        </p>
      </Notice>
    );
  }
  if (issueCounts['submission-identical'] !== undefined) {
    return (
      <Notice kind="warning" title={text({ vi: 'Tệp này đã nộp rồi', en: 'This file was sent before' })}>
        <p>
          {text({
            vi: 'Nội dung giống hệt một tệp vẫn còn hiệu lực; gửi lại cũng không có gì thay đổi.',
            en: 'Its content is that of a file that still counts; sending it again changes nothing.',
          })}
        </p>
      </Notice>
    );
  }
  if (warning > 0) {
    return (
      <Notice
        kind="warning"
        title={text({
          vi: `Gửi được, có ${warnings} cảnh báo`,
          en: `Ready to be sent, with ${warnings} warnings`,
        })}
      >
        <p>
          {text({
            vi: 'Hãy xem các cảnh báo dưới đây. Nếu số liệu đúng, bấm Gửi.',
            en: 'Look at the warnings below. If the figures are right, press Send.',
          })}
        </p>
      </Notice>
    );
  }
  return (
    <Notice kind="success" title={text({ vi: 'Tệp hợp lệ', en: 'The file is right' })}>
      <p>{text({ vi: 'Bấm Gửi để nộp.', en: 'Press Send to hand it in.' })}</p>
    </Notice>
  );
}
