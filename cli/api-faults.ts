import { ApiProblem, Unreachable } from '../shared/client/api.ts';
import { UploadRefused } from '../shared/client/submit-file.ts';
import { CommandError } from './command-error.ts';

/**
 * What a person at the command line is told of a refusal by the API or by S3, or of an answer that did not come;
 * `undefined` for any other error.
 */
export function explainApiFault(error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error;
  if (error instanceof ApiProblem) return explainProblem(error);
  if (error instanceof UploadRefused) return explainRefusedUpload(error);
  if (error instanceof Unreachable) {
    const detail = rootMessage(error.cause);
    return new CommandError(
      `Không kết nối được tới ${error.origin}: ${detail}`,
      `Cannot reach ${error.origin}: ${detail}`,
    );
  }
  return undefined;
}

function explainProblem({ code, detail }: ApiProblem): CommandError {
  switch (code) {
    case 'unauthorized':
      return new CommandError(
        'Máy chủ không chấp nhận phiên đăng nhập này: hãy chạy "tiendo login" (hoặc thay TIENDO_TOKEN).',
        'The API does not take this session: run "tiendo login" (or replace TIENDO_TOKEN).',
      );
    case 'unit-required':
      return new CommandError(
        'Hãy cho biết đơn vị: thêm --unit, ví dụ --unit 74.',
        'Say which unit: add --unit, such as --unit 74.',
        2,
      );
    default: {
      const { vi, en } = { vi: inCommands(detail.vi), en: inCommands(detail.en) };
      return askedWrongly.has(code) ? new CommandError(vi, en, 2) : new CommandError(vi, en);
    }
  }
}

/** Refusals of what was typed, not of who asks. */
const askedWrongly: ReadonlySet<string> = new Set([
  'unit-unknown',
  'submission-unknown',
  'request-invalid',
  'as-of-invalid',
  'alert-unknown',
  'silence-unknown',
  'silence-target-unknown',
  'obligation-unknown',
  'until-invalid',
  'due-fixed',
  'due-out-of-range',
]);

/** The API speaks of its routes; whoever types commands is told those: `GET /submissions` → `tiendo status`. */
function inCommands(text: string): string {
  return text
    .replace(/GET \/submissions\/([0-9A-Z]+)(\/issues)?/g, 'tiendo status $1')
    .replaceAll('GET /submissions', 'tiendo status')
    .replaceAll('GET /units/{unit}', 'tiendo scoreboard --unit')
    .replaceAll('GET /alerts', 'tiendo alerts')
    .replaceAll('GET /silences', 'tiendo silence list')
    .replaceAll('GET /coordinators', 'tiendo coordinators')
    .replaceAll('GET /catalogue', 'tiendo catalogue')
    .replace(/\bbody\.(comment|reason|until)\b/g, '--$1');
}

function explainRefusedUpload({ status }: UploadRefused): CommandError {
  if (status === 400) {
    return new CommandError(
      'Kho lưu trữ không nhận tệp: nội dung đã thay đổi trong lúc gửi. Hãy đóng tệp và gửi lại.',
      'The store refused the file: it changed while it was sent. Close it and send it again.',
    );
  }
  if (status === 403) {
    return new CommandError(
      'Kho lưu trữ không nhận tệp: địa chỉ tải lên đã hết hạn. Hãy gửi lại.',
      'The store refused the file: the upload URL has expired. Send it again.',
    );
  }
  return new CommandError(
    `Kho lưu trữ không nhận tệp (${status}). Hãy gửi lại sau ít phút.`,
    `The store refused the file (${status}). Send it again in a few minutes.`,
  );
}

/** `fetch` says "fetch failed"; what failed is its cause. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return rootMessage(error.cause);
  // A host with several addresses fails once for each.
  if (error instanceof AggregateError && error.errors.length > 0) return rootMessage(error.errors[0]);
  return error.message;
}
