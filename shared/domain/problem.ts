import type { Bilingual } from './catalogue.ts';

/**
 * What is wrong with a caller's request, as `application/problem+json` (RFC 9457). `detail` names the
 * remedy, Vietnamese first and English beside it.
 */
export interface Problem {
  status: number;
  /** Stable, for programs: `unit-forbidden`. */
  code: string;
  title: string;
  detail: Bilingual;
}

/** A caller's mistake on its way to the answer. Our own faults are ordinary errors. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(status: number, code: string, title: string, detail: Bilingual) {
    super(title);
    this.name = 'ProblemError';
    this.problem = { status, code, title, detail };
  }
}

/** The caller's groups do not say who it is. */
export function viewerUnknown(): ProblemError {
  return new ProblemError(403, 'viewer-unknown', 'The account has no usable role', {
    vi: 'Tài khoản phải thuộc đúng một vai trò, và tài khoản địa phương đúng một đơn vị. Hãy liên hệ quản trị viên.',
    en: 'An account must have exactly one role and, for a province, exactly one unit. Ask an administrator.',
  });
}

/** The caller's role may not use the route. */
export function roleForbidden(role: string): ProblemError {
  return new ProblemError(403, 'role-forbidden', `The role ${role} may not do this`, {
    vi: `Vai trò ${role} không được làm việc này. Hãy đăng nhập bằng tài khoản khác.`,
    en: `The role ${role} may not do this. Sign in with another account.`,
  });
}

/** The caller asks for a unit that is not its own. */
export function unitForbidden(unit: string): ProblemError {
  return new ProblemError(403, 'unit-forbidden', `The unit ${unit} is not yours`, {
    vi: `Tài khoản này không được xem đơn vị ${unit}, chỉ được xem đơn vị của mình.`,
    en: `This account may see its own unit only, not ${unit}.`,
  });
}

/** No such unit in the catalogue. */
export function unitUnknown(unit: string): ProblemError {
  return new ProblemError(404, 'unit-unknown', `There is no unit ${unit}`, {
    vi: `Không có đơn vị «${unit}». Xem mã đơn vị trong danh mục (GET /catalogue).`,
    en: `There is no unit “${unit}”. The catalogue (GET /catalogue) lists the ids.`,
  });
}

/** A caller that reads many units must say which. */
export function unitRequired(): ProblemError {
  return new ProblemError(400, 'unit-required', 'Say which unit', {
    vi: 'Hãy cho biết đơn vị bằng tham số ?unit=, ví dụ ?unit=74.',
    en: 'Name the unit by the query parameter ?unit=, such as ?unit=74.',
  });
}

/** No such submission of the unit. */
export function submissionUnknown(id: string): ProblemError {
  return new ProblemError(404, 'submission-unknown', `There is no submission ${id}`, {
    vi: `Đơn vị này không có lượt nộp «${id}». Xem danh sách bằng GET /submissions.`,
    en: `This unit has no submission “${id}”. GET /submissions lists them.`,
  });
}

/** The body or the query does not have the shape of the route. Each fault names a field and what is wrong with it. */
export function requestInvalid(faults: readonly Bilingual[]): ProblemError {
  return new ProblemError(400, 'request-invalid', 'The request is not as the API expects it', {
    vi: `Yêu cầu chưa đúng: ${faults.map(({ vi }) => vi).join('; ')}.`,
    en: `The request is not right: ${faults.map(({ en }) => en).join('; ')}.`,
  });
}

/**
 * The file is too large for the body of a request, or has more lines than are checked while a caller waits; the
 * command checks it on the sender's side.
 */
export function dryRunTooLarge(
  measure: 'bytes' | 'lines',
  found: number,
  most: number,
  unit: string,
): ProblemError {
  const [vi, en] = measure === 'bytes' ? ['byte', 'bytes'] : ['dòng', 'lines'];
  const command = `npx tiendo check FILE --unit ${unit} --api URL`;
  return new ProblemError(413, 'dry-run-too-large', 'The file is too large to be checked here', {
    vi: `Tệp có ${found} ${vi}; ở đây chỉ kiểm tra được tối đa ${most} ${vi}. Hãy kiểm tra trên máy của bạn: ${command}`,
    en: `The file has ${found} ${en}; at most ${most} are checked here. Check it on your own machine: ${command}`,
  });
}

/** The body is of a type that is no file of ours. */
export function contentTypeUnsupported(contentType: string, supported: readonly string[]): ProblemError {
  const list = supported.join(', ');
  return new ProblemError(415, 'content-type-unsupported', 'The body is of another type', {
    vi: `Kiểu nội dung «${contentType}» không dùng được. Hãy gửi tệp với content-type là một trong: ${list}.`,
    en: `The content type “${contentType}” is not taken. Send the file with one of these: ${list}.`,
  });
}

/** The body did not arrive byte by byte: it was sent as text, and is not UTF-8. */
export function bodyNotText(): ProblemError {
  return new ProblemError(415, 'body-not-utf-8', 'The body was sent as text but is not UTF-8', {
    vi: 'Tệp được gửi dưới dạng văn bản nhưng không phải UTF-8. Hãy gửi với content-type: application/octet-stream.',
    en: 'The file was sent as text but is not UTF-8. Send it with content-type: application/octet-stream.',
  });
}

/** `asOf` is neither a date nor an instant with offset. */
export function asOfInvalid(asOf: string): ProblemError {
  return new ProblemError(400, 'as-of-invalid', `Not a date: ${asOf}`, {
    vi: `«${asOf}» không phải là ngày. Hãy ghi như 2022-06-30, hoặc thời điểm như 2022-06-30T23:59:59+07:00.`,
    en: `“${asOf}” is no date. Write 2022-06-30, or an instant such as 2022-06-30T23:59:59+07:00.`,
  });
}

/** The submission has no such file: it has no outcome yet, nothing was found, or its rows could not be told apart. */
export function reportFileMissing(id: string): ProblemError {
  return new ProblemError(404, 'report-file-missing', `The submission ${id} has no such file`, {
    vi: `Lượt nộp «${id}» không có tệp này: chưa có kết quả, không có lỗi nào, hoặc không đọc được các dòng của tệp. Xem GET /submissions/${id}/issues.`,
    en: `The submission “${id}” has no such file: no outcome yet, nothing found, or the rows could not be read. See GET /submissions/${id}/issues.`,
  });
}

/** Only a published submission can be withdrawn. */
export function withdrawalImpossible(id: string, state: string): ProblemError {
  return new ProblemError(409, 'withdrawal-impossible', `The submission ${id} publishes nothing`, {
    vi: `Lượt nộp «${id}» (${state}) không công bố số liệu nào nên không có gì để rút. Xem GET /submissions.`,
    en: `The submission “${id}” (${state}) publishes no figures, so there is nothing to withdraw. See GET /submissions.`,
  });
}

/** Nothing is published for an indicator and period. */
export function pointUnknown(indicator: string, period: string): ProblemError {
  return new ProblemError(404, 'point-unknown', `Nothing is published for ${indicator} in ${period}`, {
    vi: `Chưa công bố số liệu nào của chỉ tiêu ${indicator} cho kỳ ${period} (ghi kỳ như 2022-06, 2022-Q2, 2022).`,
    en: `No figure is published for ${indicator} in ${period} (write the period as 2022-06, 2022-Q2 or 2022).`,
  });
}
