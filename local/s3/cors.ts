import { AwsError, type AwsResponse } from '../aws-service.ts';

/**
 * One rule of a bucket's CORS configuration. Origins and headers may hold one `*` each, which stands for any text.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 */
export interface CorsRule {
  allowedOrigins: readonly string[];
  /** Upper case: `PUT`. */
  allowedMethods: readonly string[];
  allowedHeaders: readonly string[];
  exposedHeaders: readonly string[];
  maxAgeSeconds?: number;
}

/** What a cross-origin request says of itself. */
export interface CorsRequest {
  origin: string;
  method: string;
  /** Headers a preflight asks for, any case; empty for the request itself. */
  headers: readonly string[];
}

/** The first rule that allows a request: its origin, its method and every header. */
export function findRule(rules: readonly CorsRule[], request: CorsRequest): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedOrigins.some((pattern) => matches(pattern, request.origin)) &&
      rule.allowedMethods.includes(request.method) &&
      request.headers.every((header) =>
        rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header.toLowerCase())),
      ),
  );
}

/** The headers by which a browser lets the page read the answer; none when no rule allows the request. */
export function corsHeaders(rules: readonly CorsRule[], request: CorsRequest): Record<string, string> {
  const rule = findRule(rules, request);
  if (!rule) return {};
  const isForAll = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : request.origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(rule.exposedHeaders.length > 0
      ? { 'access-control-expose-headers': rule.exposedHeaders.join(', ') }
      : {}),
    ...(isForAll ? {} : { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/**
 * The answer to a preflight. `requested` are its headers of that name. Throws `AwsError` 403 AccessForbidden when
 * no rule allows the request, 400 BadRequest when it is no preflight.
 */
export function answerPreflight(
  rules: readonly CorsRule[],
  requested: { origin: string | undefined; method: string | undefined; headers: string | undefined },
): AwsResponse {
  const { origin, method } = requested;
  if (!origin || !method) {
    throw new AwsError(400, 'BadRequest', 'A preflight needs Origin and Access-Control-Request-Method.');
  }
  const headers = (requested.headers ?? '')
    .split(',')
    .map((header) => header.trim().toLowerCase())
    .filter((header) => header !== '');
  const rule = findRule(rules, { origin, method, headers });
  if (!rule) {
    const why =
      rules.length === 0
        ? 'CORS is not enabled for this bucket.'
        : `No rule of the bucket allows ${method} from ${origin} with headers ${headers.join(', ') || '(none)'}.`;
    throw new AwsError(403, 'AccessForbidden', `CORSResponse: This CORS request is not allowed. ${why}`);
  }
  return {
    status: 200,
    headers: {
      ...corsHeaders([rule], { origin, method, headers }),
      ...(headers.length > 0 ? { 'access-control-allow-headers': headers.join(', ') } : {}),
      ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    },
  };
}

function matches(pattern: string, text: string): boolean {
  const at = pattern.indexOf('*');
  if (at < 0) return pattern === text;
  const [before, behind] = [pattern.slice(0, at), pattern.slice(at + 1)];
  return text.length >= before.length + behind.length && text.startsWith(before) && text.endsWith(behind);
}
