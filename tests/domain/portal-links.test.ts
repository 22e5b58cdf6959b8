import { describe, expect, it } from 'vitest';
import {
  alertsLink,
  indicatorLink,
  queryLink,
  tableLink,
  unitLink,
} from '../../shared/domain/portal-links.ts';

describe('the addresses of the portal', () => {
  it.each([
    ['https://tiendo.example.vn', 'https://tiendo.example.vn'],
    ['https://tiendo.example.vn/', 'https://tiendo.example.vn'],
    ['https://example.vn/tiendo', 'https://example.vn/tiendo'],
    ['https://example.vn/tiendo//', 'https://example.vn/tiendo'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ])('begin with %s', (portalUrl, start) => {
    expect(unitLink(portalUrl, '74')).toBe(`${start}/units/74`);
    expect(indicatorLink(portalUrl, '74', 'II.9.1')).toBe(`${start}/units/74/II.9.1`);
    expect(alertsLink(portalUrl)).toBe(`${start}/alerts`);
  });

  it.each([['a/b'], ['a?b'], ['a#b'], ['a b'], ['đ'], ['a\nb'], ['"<']])(
    'keep %j as one segment of the path',
    (id) => {
      const { pathname, search, hash } = new URL(indicatorLink('https://x.vn', id, id));
      expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', 'units', id, id]);
      expect(search + hash).toBe('');
      expect(unitLink('https://x.vn', id)).not.toMatch(/[\s"<]/);
    },
  );

  it('hold a table, or a query with its parameters and what it answered', () => {
    expect(tableLink('https://x.vn', 'points')).toBe('https://x.vn/data?table=points');
    expect(queryLink('', 'known-on')).toBe('/data?query=known-on');
    expect(queryLink('', 'known-on', { unit: '7&4' }, 'e')).toBe(
      '/data?query=known-on&unit=7%264&execution=e',
    );
  });
});
