import { describe, expect, it } from 'vitest';
import { answerPreflight, type CorsRule, corsHeaders, findRule } from '../../../local/s3/cors.ts';

const rule = (settings: Partial<CorsRule> = {}): CorsRule => ({
  allowedOrigins: ['https://tiendo.example'],
  allowedMethods: ['PUT'],
  allowedHeaders: ['Content-Type', 'x-amz-checksum-*'],
  exposedHeaders: [],
  ...settings,
});
const asks = { origin: 'https://tiendo.example', method: 'PUT', headers: ['content-type'] };

describe('a rule', () => {
  it.each([
    ['the origin itself', {}, true],
    ['another scheme', { origin: 'http://tiendo.example' }, false],
    ['another port', { origin: 'https://tiendo.example:8443' }, false],
    ['a longer origin', { origin: 'https://tiendo.example.evil.example' }, false],
    ['another method', { method: 'DELETE' }, false],
    ['a method in lower case', { method: 'put' }, false],
    ['no header', { headers: [] }, true],
    ['a header in another case', { headers: ['CONTENT-TYPE'] }, true],
    ['a header by its wildcard', { headers: ['x-amz-checksum-sha256'] }, true],
    ['a header that is not listed', { headers: ['content-type', 'x-amz-acl'] }, false],
  ])('for one origin asked with %s says %s %s', (_case, changed, allowed) => {
    expect(findRule([rule()], { ...asks, ...changed }) !== undefined).toBe(allowed);
  });

  it.each([
    ['https://*.example', 'https://a.example', true],
    ['https://*.example', 'https://a.b.example', true],
    ['https://*.example', 'https://a.examples', false],
    ['https://a*a', 'https://a', false],
    ['https://a*a', 'https://aa', true],
    ['*', 'null', true],
  ])('for %s asked by %s says %s', (pattern, origin, allowed) => {
    const rules = [rule({ allowedOrigins: [pattern] })];
    expect(findRule(rules, { ...asks, origin }) !== undefined).toBe(allowed);
  });

  it('that comes first and allows the request is the one', () => {
    const first = rule({ allowedMethods: ['GET'] });
    const second = rule({ maxAgeSeconds: 1 });
    expect(findRule([first, second, rule()], asks)).toBe(second);
  });
});

describe('the headers of an answer', () => {
  it('name the origin and let its credentials in', () => {
    expect(corsHeaders([rule({ exposedHeaders: ['ETag'] })], asks)).toEqual({
      'access-control-allow-origin': 'https://tiendo.example',
      'access-control-allow-methods': 'PUT',
      'access-control-expose-headers': 'ETag',
      'access-control-allow-credentials': 'true',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it('name nobody and let no credentials in where everybody may', () => {
    const headers = corsHeaders([rule({ allowedOrigins: ['*'] })], asks);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('are none where no rule allows the request', () => {
    expect(corsHeaders([rule()], { ...asks, origin: 'https://evil.example' })).toEqual({});
  });
});

describe('a preflight', () => {
  const preflight = { origin: asks.origin, method: 'PUT', headers: 'Content-Type, x-amz-checksum-sha256' };

  it('is answered with the headers it asked for and how long that holds', () => {
    const { status, headers } = answerPreflight([rule({ maxAgeSeconds: 600 })], preflight);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
      'access-control-max-age': '600',
    });
  });

  it('says nothing of headers it was not asked for', () => {
    const { headers } = answerPreflight([rule()], { ...preflight, headers: undefined });
    expect(headers).not.toHaveProperty('access-control-allow-headers');
    expect(headers).not.toHaveProperty('access-control-max-age');
  });

  it.each([
    ['no rule allows it', [rule()], { origin: 'https://evil.example' }, 403, /No rule .* allows PUT/],
    ['the bucket has no rules', [], {}, 403, /not enabled/],
    ['it has no origin', [rule()], { origin: undefined }, 400, /Origin/],
    ['it asks for no method', [rule()], { method: undefined }, 400, /Access-Control-Request-Method/],
  ])('is refused when %s', (_case, rules, changed, status, message) => {
    const answer = () => answerPreflight(rules, { ...preflight, ...changed });
    expect(answer).toThrow(message);
    expect(answer).toThrow(expect.objectContaining({ status }));
  });
});
