import { UploadRefused } from '../../../shared/client/submit-file.ts';
import { FileUnreadable } from '../../check/file-unreadable.ts';
import { useText } from '../../language.ts';
import { Fault } from '../../parts/fault.tsx';
import { Notice } from '../../parts/notice.tsx';

/** Why a file could not be checked or sent, and the way on: to try again, or to choose the file anew. */
export function SendFault({
  fault,
  retry,
  chooseAgain,
}: {
  fault: unknown;
  retry(): void;
  chooseAgain(): void;
}) {
  const text = useText();
  if (fault instanceof FileUnreadable) {
    return (
      <Notice
        kind="danger"
        title={text({
          vi: 'Tệp đã thay đổi hoặc không còn đọc được',
          en: 'The file has changed or cannot be read',
        })}
      >
        <p>
          {text({
            vi: 'Tệp đã được lưu lại, đổi tên hoặc chuyển chỗ sau khi chọn. Hãy chọn lại tệp để kiểm tra bản mới nhất.',
            en: 'It was saved again, renamed or moved since it was chosen. Choose it again, so that the latest is checked.',
          })}
        </p>
        <p>
          <button type="button" class="button" onClick={chooseAgain}>
            {text({ vi: 'Chọn lại tệp', en: 'Choose the file again' })}
          </button>
        </p>
      </Notice>
    );
  }
  if (fault instanceof UploadRefused) {
    return (
      <Notice
        kind="danger"
        title={text({
          vi: `Kho lưu trữ không nhận tệp (mã ${fault.status})`,
          en: `The store did not take the file (${fault.status})`,
        })}
      >
        <p>
          {text({
            vi: 'Địa chỉ tải lên chỉ dùng được trong 5 phút và cho đúng một tệp. Hãy gửi lại; trang này sẽ xin địa chỉ mới.',
            en: 'An upload address serves for 5 minutes and one file. Send it again; this page asks for a new address.',
          })}
        </p>
        <p>
          <button type="button" class="button" onClick={retry}>
            {text({ vi: 'Gửi lại', en: 'Send again' })}
          </button>
        </p>
      </Notice>
    );
  }
  return <Fault fault={fault} retry={retry} />;
}
