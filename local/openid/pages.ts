import { createHash } from 'node:crypto';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { findUnit } from '../../shared/domain/catalogue.ts';
import type { PoolAccount } from './accounts.ts';

/** A page and the policy it needs; it loads nothing and runs no script. */
export interface Page {
  html: string;
  contentSecurityPolicy: string;
}

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
fieldset { border: 1px solid; border-radius: .5rem; margin: 1rem 0; display: grid; gap: .5rem;
  grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
button { font: inherit; text-align: left; padding: .4rem .6rem; cursor: pointer; }
small { display: block; opacity: .75; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * The sign-in page: one button per account, no password. `returnOrigins` are where the browser goes after the
 * form was sent; browsers hold redirects to the form's policy too.
 */
export function signInPage(
  accounts: readonly PoolAccount[],
  action: string,
  returnOrigins: readonly string[],
): Page {
  const groups = [
    { title: 'Tỉnh, thành phố · Provinces', accounts: accounts.filter((one) => kindOf(one) === 'province') },
    { title: 'Bộ, ngành · Agencies', accounts: accounts.filter((one) => kindOf(one) === 'agency') },
    { title: 'Vai trò khác · Other roles', accounts: accounts.filter((one) => kindOf(one) === undefined) },
  ].filter((group) => group.accounts.length > 0);
  const body = `
<h1>Đăng nhập tiendo <small lang="en">Sign in to tiendo</small></h1>
<p>Đây là máy thử: chọn một tài khoản, không cần mật khẩu.
<small lang="en">This is a local trial: choose an account, no password needed.</small></p>
<form method="post" action="${escapeHtml(action)}">
${groups.map(({ title, accounts }) => `<fieldset><legend>${title}</legend>${accounts.map(button).join('')}</fieldset>`).join('\n')}
</form>`;
  return page('Đăng nhập', body, ["'self'", ...returnOrigins]);
}

/** Asks whether to sign out; `form` is the provider's own. */
export function signOutPage(form: string, returnOrigins: readonly string[]): Page {
  const body = `
<h1>Đăng xuất? <small lang="en">Sign out?</small></h1>
${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Đăng xuất <small lang="en">Sign out</small></button>`;
  return page('Đăng xuất', body, ["'self'", ...returnOrigins]);
}

/** Says something in one sentence: that it is done, or what went wrong. `detail` is in English, as errors come. */
export function messagePage(vi: string, detail: string): Page {
  return page(vi, `<h1>${escapeHtml(vi)}</h1><p lang="en">${escapeHtml(detail)}</p>`, ["'none'"]);
}

function page(title: string, body: string, formTargets: readonly string[]): Page {
  return {
    html: `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · tiendo</title>
<style>${style}</style>
</head>
<body>${body}
</body>
</html>
`,
    contentSecurityPolicy: [
      "default-src 'none'",
      `style-src 'sha256-${styleHash}'`,
      `form-action ${[...new Set(formTargets)].join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
  };
}

function button(account: PoolAccount): string {
  return `<button name="account" value="${escapeHtml(account.sub)}">${escapeHtml(labelOf(account))}<small>${escapeHtml(account.email)}</small></button>`;
}

function labelOf(account: PoolAccount): string {
  const unit = unitOf(account);
  if (unit) return unit.name;
  return account.groups.length > 0 ? account.groups.join(', ') : 'chưa có vai trò';
}

function kindOf(account: PoolAccount): 'province' | 'agency' | undefined {
  return unitOf(account)?.kind;
}

function unitOf({ groups }: PoolAccount) {
  const unitId = groups.find((group) => group.startsWith('unit-'))?.slice('unit-'.length);
  return unitId === undefined ? undefined : findUnit(loadCatalogue(), unitId);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
