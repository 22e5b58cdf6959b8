import { region } from '../aws-service.ts';
import type { Addresses } from './names.ts';

/**
 * A value of a template, resolved, with the addresses AWS would serve replaced by those that stand for them here:
 * `https://a1b2c3.execute-api.ap-southeast-1.amazonaws.com` → `http://127.0.0.1:8787`. Buckets are origins only:
 * here all of them share the endpoint's.
 */
export function toLocalAddresses(value: unknown, addresses: Addresses): unknown {
  if (typeof value === 'string') return replaceHosts(value, addresses);
  if (Array.isArray(value)) return value.map((item) => toLocalAddresses(item, addresses));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, toLocalAddresses(item, addresses)]),
  );
}

function replaceHosts(text: string, addresses: Addresses): string {
  const host = '[a-zA-Z0-9.-]+';
  const served: readonly [pattern: string, address: string][] = [
    [`${host}\\.execute-api\\.${region}\\.amazonaws\\.com`, addresses.apiUrl],
    [`cognito-idp\\.${region}\\.amazonaws\\.com/[\\w-]+`, addresses.issuer],
    [`${host}\\.auth\\.${region}\\.amazoncognito\\.com`, addresses.issuer],
    [`${host}\\.s3\\.${region}\\.amazonaws\\.com`, addresses.endpoint],
    [`${host}\\.cloudfront\\.net`, addresses.portalUrl],
  ];
  return served.reduce(
    (replaced, [pattern, address]) => replaced.replaceAll(new RegExp(`https://${pattern}`, 'g'), address),
    text,
  );
}
