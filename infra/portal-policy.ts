/**
 * The content security policy of the portal: its own files, connections to the addresses given, and nothing else.
 * Each is an origin, or ends in a slash and stands for what is below it: `https://cognito-idp.….com/pool/`.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy(connections: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${connections.join(' ')}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
