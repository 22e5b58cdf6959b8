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
      {retry && !isFinal(fault) && (
        <p>
          <button type="button" class="button" onClick={retry}>
            {text({ vi: 'Thử lại', en: 'Try again' })}
          </button>
        </p>
      )}
    </Notice>
  );
}

/** Whether asking again cannot help: the API will refuse the same again. */
function isFinal(fault: unknown): boolean {
  return fault instanceof ApiProblem && fault.status < 500;
}

/** What to say about a fault: the API's own words without its routes, that there is no connection, or that it is ours. */
export function faultText(fault: unknown): { title: Bilingual; detail: Bilingual } {
  if (fault instanceof ApiProblem) {
    return { title: titleOf(fault.status), detail: withoutRoutes(fault.detail) };
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

/** A sentence that names a route helps those who call the API; readers have the page. */
function withoutRoutes({ vi, en }: Bilingual): Bilingual {
  const cut = (words: string) =>
    words
      .split(/(?<=\.) (?=\p{Lu})/u)
      .filter((sentence) => !/\b(GET|POST) \//.test(sentence))
      .join(' ') || words;
  return { vi: cut(vi), en: cut(en) };
}

function titleOf(status: number): Bilingual {
  if (status >= 500) return { vi: 'Hệ thống gặp lỗi', en: 'The system has a fault' };
  if (status === 403) return { vi: 'Không có quyền', en: 'Not allowed' };
  if (status === 404) return { vi: 'Không tìm thấy', en: 'Not found' };
  return { vi: 'Không thực hiện được', en: 'This cannot be done' };
}
