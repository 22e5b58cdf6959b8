import { expect, it } from 'vitest';
import { standardLogout } from '../../../local/openid/logout.ts';

it.each([
  [
    '/logout?client_id=a&logout_uri=http%3A%2F%2Fb%2F',
    '/logout?client_id=a&post_logout_redirect_uri=http%3A%2F%2Fb%2F',
  ],
  ['/logout?post_logout_redirect_uri=c&logout_uri=b', '/logout?post_logout_redirect_uri=c'],
  ['/logout?client_id=a', '/logout?client_id=a'],
  ['/logout/confirm?logout_uri=b', '/logout/confirm?logout_uri=b'],
  ['/oauth2/authorize?logout_uri=b', '/oauth2/authorize?logout_uri=b'],
])('%s is taken as %s', (asked, taken) => {
  expect(standardLogout(asked)).toBe(taken);
});
