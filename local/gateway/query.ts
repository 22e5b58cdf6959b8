import { AwsError } from '../aws-service.ts';

/** Name and value pairs of a raw query, decoded; `+` is a plus, as signatures have it. */
export function parseQuery(query: string): [string, string][] {
  if (query === '') return [];
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
  });
}

/** Percent-decoded text. Throws `AwsError` 400 when it cannot be. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError(400, 'InvalidURI', `Could not decode ${text}`);
  }
}
