import { addDays, type Day } from './calendar.ts';
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
  /** What is wrong with each place of the body, where programs can make use of that. */
  places?: readonly ProblemPlace[];
}

/** One wrong place of a body: `{ at: 'coordinators.0.scopes.1', code: 'scope-unknown', detail: … }`. */
export interface ProblemPlace {
  at: string;
  code: string;
  detail: Bilingual;
}

/** A caller's mistake on its way to the answer. Our own faults are ordinary errors. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(
    status: number,
    code: string,
    title: string,
    detail: Bilingual,
    places?: readonly ProblemPlace[],
  ) {
    super(title);
    this.name = 'ProblemError';
    this.problem = { status, code, title, detail, ...(places && { places }) };
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

/** No such table in the export. */
export function tableUnknown(table: string, known: readonly string[]): ProblemError {
  return new ProblemError(404, 'table-unknown', `There is no table ${table}`, {
    vi: `Không có bảng «${table}». Các bảng: ${known.join(', ')}.`,
    en: `There is no table “${table}”. There are: ${known.join(', ')}.`,
  });
}

/** The table holds the rows of all units together, and the caller may see its own unit only. */
export function tableForbidden(table: string): ProblemError {
  return new ProblemError(403, 'table-forbidden', `The table ${table} is of all units`, {
    vi: `Bảng ${table} chứa số liệu của mọi đơn vị. Hãy xem đánh giá của đơn vị mình bằng GET /units/{unit}?asOf=.`,
    en: `The table ${table} holds all units. See the assessments of your own by GET /units/{unit}?asOf=.`,
  });
}

/** What is asked for is too much for one file. */
export function exportTooLarge(table: string, unit: string | undefined): ProblemError {
  return new ProblemError(413, 'export-too-large', `The table ${table} is too large for one file`, {
    vi: `Bảng ${table} quá lớn cho một tệp. ${unit === undefined ? 'Hãy tải từng đơn vị bằng ?unit=, hoặc truy vấn' : 'Hãy truy vấn'} bằng Athena hoặc npx tiendo query.`,
    en: `The table ${table} is too large for one file. ${unit === undefined ? 'Download it unit by unit by ?unit=, or query' : 'Query'} it by Athena or npx tiendo query.`,
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

/** Nothing was put to the URL that the submission was given. */
export function uploadMissing(id: string): ProblemError {
  return new ProblemError(404, 'upload-missing', `The submission ${id} has no file`, {
    vi: `Lượt nộp «${id}» không có tệp: tệp chưa được tải lên. Hãy nộp lại tệp.`,
    en: `The submission “${id}” has no file: nothing was uploaded. Send the file again.`,
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

/** A coordinator signs in with an account that no registered coordinator has. */
export function notRegistered(): ProblemError {
  return new ProblemError(403, 'not-registered', 'The account is not that of a registered coordinator', {
    vi: 'Tài khoản này chưa gắn với đầu mối nào. Hãy nhờ quản trị viên ghi tài khoản vào danh sách đầu mối của đơn vị (npx tiendo coordinators).',
    en: 'This account belongs to no registered coordinator. Ask an administrator to enter it in the registry of your unit (npx tiendo coordinators).',
  });
}

/** The matter is not one of those a coordinator acts on. */
export function outOfScope(matter: string): ProblemError {
  return new ProblemError(403, 'out-of-scope', `${matter} is not yours to act on`, {
    vi: `«${matter}» không thuộc phạm vi của bạn. Hãy nhờ đầu mối phụ trách, hoặc nhờ quản trị viên mở rộng phạm vi.`,
    en: `“${matter}” is not within your scope. Ask the coordinator in charge, or an administrator to widen your scope.`,
  });
}

/** No such alert. */
export function alertUnknown(id: string): ProblemError {
  return new ProblemError(404, 'alert-unknown', `There is no alert ${id}`, {
    vi: `Không có cảnh báo «${id}». Xem danh sách bằng GET /alerts.`,
    en: `There is no alert “${id}”. GET /alerts lists them.`,
  });
}

/** The alert is over: there is nothing to take note of any more. */
export function alertClosed(id: string): ProblemError {
  return new ProblemError(409, 'alert-closed', `The alert ${id} is closed`, {
    vi: `Cảnh báo «${id}» đã kết thúc nên không cần ghi nhận nữa. Xem GET /alerts.`,
    en: `The alert “${id}” is over, so there is nothing to acknowledge. See GET /alerts.`,
  });
}

/** The end of an acknowledgement or a silence is no date, has passed, or is too far away from `today`. */
export function untilInvalid(until: string, today: Day, maxDays: number): ProblemError {
  const last = addDays(today, maxDays);
  return new ProblemError(400, 'until-invalid', `Not a possible end: ${until}`, {
    vi: `«${until}» không dùng được: hãy ghi một ngày từ hôm nay, không quá ${maxDays} ngày: từ ${today} đến ${last}.`,
    en: `“${until}” will not do: write a day from today on, at most ${maxDays} days away: from ${today} to ${last}.`,
  });
}

/** There is no such unit, task or coordinator to keep quiet. */
export function silenceTargetUnknown(target: string): ProblemError {
  return new ProblemError(404, 'silence-target-unknown', `There is no ${target}`, {
    vi: `Không có «${target}». Xem mã nhiệm vụ và đơn vị bằng GET /catalogue, mã đầu mối bằng GET /coordinators.`,
    en: `There is no “${target}”. GET /catalogue lists tasks and units, GET /coordinators the coordinators.`,
  });
}

/** No such silence. */
export function silenceUnknown(id: string): ProblemError {
  return new ProblemError(404, 'silence-unknown', `There is no silence ${id}`, {
    vi: `Không có lượt tạm ngưng «${id}». Xem danh sách bằng GET /silences.`,
    en: `There is no silence “${id}”. GET /silences lists them.`,
  });
}

/** No unit owes such an obligation. */
export function obligationUnknown(id: string): ProblemError {
  return new ProblemError(404, 'obligation-unknown', `There is no obligation ${id}`, {
    vi: `Không có chỉ tiêu «${id}». Xem danh sách của đơn vị bằng GET /units/{unit}.`,
    en: `There is no obligation “${id}”. GET /units/{unit} lists them.`,
  });
}

/** The due date is not left to a plan. */
export function dueFixed(id: string): ProblemError {
  return new ProblemError(409, 'due-fixed', `The due date of ${id} is not left to a plan`, {
    vi: `Thời hạn của «${id}» do Chỉ thị quy định, không đặt theo kế hoạch được. GET /catalogue cho biết chỉ tiêu nào đến hạn theo kế hoạch.`,
    en: `The directive itself says when “${id}” is due; no plan does. GET /catalogue shows what is due by plan.`,
  });
}

/** A due date before the directive or out of this century. */
export function dueOutOfRange(due: string, first: string, last: string): ProblemError {
  return new ProblemError(400, 'due-out-of-range', `Not a possible due date: ${due}`, {
    vi: `Thời hạn «${due}» phải từ ${first} đến ${last}.`,
    en: `The due date “${due}” must be from ${first} to ${last}.`,
  });
}

/** No named query of that name. */
export function queryUnknown(name: string, known: readonly string[]): ProblemError {
  return new ProblemError(404, 'query-unknown', `There is no query ${name}`, {
    vi: `Không có truy vấn «${name}». Các truy vấn: ${known.join(', ')}.`,
    en: `There is no query “${name}”. There are: ${known.join(', ')}.`,
  });
}

/** A parameter that the query does not have, or a value that is not of its kind. */
export function parameterInvalid(detail: Bilingual): ProblemError {
  return new ProblemError(400, 'parameter-invalid', 'A parameter is not as the query expects it', detail);
}

/** No running of a query by that id, or one that is not of this system. */
export function executionUnknown(id: string): ProblemError {
  return new ProblemError(404, 'execution-unknown', `There is no execution ${id}`, {
    vi: `Không có lần chạy truy vấn «${id}», hoặc đã quá cũ. Hãy chạy lại bằng POST /queries/{name}.`,
    en: `There is no execution “${id}”, or it is too old. Run the query again by POST /queries/{name}.`,
  });
}

/** Athena runs as many queries as it does at once. */
export function tooManyQueries(): ProblemError {
  return new ProblemError(429, 'too-many-queries', 'Too many queries at once', {
    vi: 'Đang có quá nhiều truy vấn cùng chạy. Hãy thử lại sau ít phút.',
    en: 'Too many queries are running. Please try again in a few minutes.',
  });
}

/** The answer was deleted: answers are kept for a month. */
export function answerGone(id: string): ProblemError {
  return new ProblemError(410, 'answer-gone', `The answer of ${id} is not kept any more`, {
    vi: `Kết quả của lần chạy «${id}» không còn được lưu. Hãy chạy lại bằng POST /queries/{name}.`,
    en: `The answer of “${id}” is not kept any more. Run the query again by POST /queries/{name}.`,
  });
}
