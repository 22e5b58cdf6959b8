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

/** The body or the query does not have the shape of the route. `places` names each wrong field. */
export function requestInvalid(places: readonly string[]): ProblemError {
  return new ProblemError(400, 'request-invalid', 'The request is not as the API expects it', {
    vi: `Yêu cầu chưa đúng: ${places.join('; ')}.`,
    en: `The request is not right: ${places.join('; ')}.`,
  });
}

/** `asOf` is neither a date nor an instant with offset. */
export function asOfInvalid(asOf: string): ProblemError {
  return new ProblemError(400, 'as-of-invalid', `Not a date: ${asOf}`, {
    vi: `«${asOf}» không phải là ngày. Hãy ghi như 2022-06-30, hoặc thời điểm như 2022-06-30T23:59:59+07:00.`,
    en: `“${asOf}” is no date. Write 2022-06-30, or an instant such as 2022-06-30T23:59:59+07:00.`,
  });
}
