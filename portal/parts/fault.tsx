import { ApiProblem, Unreachable } from '../../shared/client/api.ts';
import type { Bilingual } from '../../shared/domain/catalogue.ts';
import { useText } from '../language.ts';
import { Notice } from './notice.tsx';

/** Why something could not be had, in words, and a way to try again. Never a stack trace. */
export function Fault({ fault, retry }: { fault: unknown; retry?: () => void }) {
  const text = useText();
  const { title, detail } = faultText(fault);
  return (
    <Notice kind="danger" title={text(title)}>
      <p>{text(detail)}</p>
      {retry && (
        <p>
          <button type="button" class="button" onClick={retry}>
            {text({ vi: 'Thử lại', en: 'Try again' })}
          </button>
        </p>
      )}
    </Notice>
  );
}

/** What to say about a fault: the API's own words, that there is no connection, or that it is ours. */
export function faultText(fault: unknown): { title: Bilingual; detail: Bilingual } {
  if (fault instanceof ApiProblem) {
    const title =
      fault.status < 500
        ? { vi: 'Không thực hiện được', en: 'This cannot be done' }
        : { vi: 'Hệ thống gặp lỗi', en: 'The system has a fault' };
    return { title, detail: fault.detail };
  }
  if (fault instanceof Unreachable) {
    return {
      title: { vi: 'Mất kết nối', en: 'No connection' },
      detail: {
        vi: 'Không liên lạc được với máy chủ. Hãy kiểm tra mạng rồi thử lại; những gì đã nhập vẫn còn trên trang này.',
        en: 'The server cannot be reached. Check the network and try again; what you entered is still on this page.',
      },
    };
  }
  return {
    title: { vi: 'Trang này gặp lỗi', en: 'This page has a fault' },
    detail: {
      vi: 'Lỗi này thuộc về hệ thống, không phải do bạn. Hãy tải lại trang; nếu vẫn còn, hãy báo cho quản trị viên.',
      en: 'The fault is ours, not yours. Load the page again; if it stays, tell the administrator.',
    },
  };
}
