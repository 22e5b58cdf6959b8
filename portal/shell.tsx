import { useEffect, useState } from 'preact/hooks';
import { ErrorBoundary, Route, Router, useLocation } from 'preact-iso';
import { useAsOf } from './as-of.ts';
import { CatalogueProvider } from './catalogue.tsx';
import { dayText } from './format.ts';
import { useText } from './language.ts';
import { Fault } from './parts/fault.tsx';
import { LanguageSwitch } from './parts/language-switch.tsx';
import { Link } from './parts/link.tsx';
import { Page } from './parts/page.tsx';
import { hrefOf, pagesOf } from './routes.ts';
import { useSession } from './session/session-context.ts';

/** What stands around every page: name, menu, who is signed in, the day that is looked at. */
export function Shell() {
  const text = useText();
  const { viewer } = useSession();
  const pages = pagesOf(viewer.role);
  const { path } = useLocation();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => setFault(undefined), [path]);
  return (
    <CatalogueProvider>
      <a class="skip" href="#main">
        {text({ vi: 'Chuyển đến nội dung chính', en: 'To the content' })}
      </a>
      <Head />
      <OtherDayNotice />
      <main id="main" class="shell-main" tabIndex={-1}>
        {fault !== undefined ? (
          <Fault fault={fault} retry={() => location.reload()} />
        ) : (
          <ErrorBoundary onError={setFault}>
            <Router>
              {pages.map(({ path: pattern, component }) => (
                <Route key={pattern} path={pattern} component={component} />
              ))}
              <Route default component={Home} />
            </Router>
          </ErrorBoundary>
        )}
      </main>
      <footer class="shell-foot">
        {text({
          vi: 'tiendo · tiến độ theo Chỉ thị về phát triển Chính phủ số',
          en: 'tiendo · progress under the directive on digital government',
        })}
      </footer>
    </CatalogueProvider>
  );
}

function Head() {
  const text = useText();
  const { viewer, email, signOut } = useSession();
  const { path } = useLocation();
  return (
    <header class="shell-head">
      <div class="shell-bar">
        <a class="shell-name" href="/">
          tiendo
        </a>
        <nav class="shell-nav" aria-label={text({ vi: 'Các trang', en: 'Pages' })}>
          <ul>
            {pagesOf(viewer.role).map((page) => {
              const href = hrefOf(page, viewer);
              return (
                page.menu && (
                  <li key={href}>
                    <MenuLink href={href} isCurrent={path === href}>
                      {text(page.menu)}
                    </MenuLink>
                  </li>
                )
              );
            })}
          </ul>
        </nav>
        <div class="shell-person">
          <span>{email}</span>
          <LanguageSwitch />
          <button type="button" class="button quiet" onClick={() => void signOut()}>
            {text({ vi: 'Đăng xuất', en: 'Sign out' })}
          </button>
        </div>
      </div>
    </header>
  );
}

function MenuLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: string }) {
  return (
    <Link href={href} {...(isCurrent && { current: 'page' })}>
      {children}
    </Link>
  );
}

/** Says that a page speaks of another day than today, and leads back to now. */
function OtherDayNotice() {
  const text = useText();
  const { asOf, choose } = useAsOf();
  if (asOf === undefined) return null;
  const day = dayText(asOf);
  return (
    <div class="as-of" role="status">
      <p>
        {text({
          vi: `Đang xem tính đến hết ngày ${day}, theo những gì đã biết đến lúc đó; nếu ngày này chưa tới, theo những gì biết hiện nay.`,
          en: `As of the end of ${day}, by what was known then; by what is known now where that day is yet to come.`,
        })}
        <button type="button" class="button quiet" onClick={() => choose(undefined)}>
          {text({ vi: 'Trở về hiện tại', en: 'Back to now' })}
        </button>
      </p>
    </div>
  );
}

/** Leads to the first page of a role; for any other address, says that there is none. */
function Home() {
  const text = useText();
  const { viewer } = useSession();
  const { path, route } = useLocation();
  const home = pagesOf(viewer.role)
    .filter(({ menu }) => menu)
    .map((page) => hrefOf(page, viewer))[0];
  const isStart = path === '/' || path === '/callback';
  useEffect(() => {
    if (isStart && home) route(home, true);
  }, [isStart, home, route]);
  if (isStart) return null;
  return (
    <Page title={{ vi: 'Không có trang này', en: 'No such page' }}>
      <p>
        <a href={home ?? '/'}>{text({ vi: 'Về trang đầu', en: 'To the first page' })}</a>
      </p>
    </Page>
  );
}
