/**
 * The address of a sign-out as this provider takes it. Cognito calls the address to return to `logout_uri`; here it is
 * `post_logout_redirect_uri`, as the standard has it, so that one portal signs out of both.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export function standardLogout(url: string): string {
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  const returnTo = parameters.get('logout_uri');
  if (path !== logoutPath || returnTo === null) return url;
  parameters.delete('logout_uri');
  if (!parameters.has('post_logout_redirect_uri')) parameters.set('post_logout_redirect_uri', returnTo);
  return `${path}?${parameters}`;
}

/** Where people sign out, at Cognito and here. */
export const logoutPath = '/logout';
