import type { AnyComponent } from 'preact';
import { lazy } from 'preact-iso';
import type { Bilingual } from '../shared/domain/catalogue.ts';
import {
  alertsLink,
  dataLink,
  deadlinesLink,
  scoreboardLink,
  sendLink,
  submissionsLink,
  unitLink,
} from '../shared/domain/portal-links.ts';
import type { Role, Viewer } from '../shared/domain/viewer.ts';

/** A page of the portal, and who is offered it. The API refuses what a role may not see, whatever is shown here. */
export interface PortalPage {
  /** As the router matches it: `/units/:unit`. */
  path: string;
  roles: readonly Role[];
  component: AnyComponent;
  /** Pages without a name in the menu are reached by links. */
  menu?: Bilingual;
  /** Where the menu leads; left out where it is the path. */
  menuHref?(viewer: Viewer): string;
}

const everybody: readonly Role[] = ['province', 'coordinator', 'analyst', 'admin'];
const overseers: readonly Role[] = ['coordinator', 'analyst', 'admin'];

/** All pages, in the order of the menu; the first that a role is offered by name is its home. */
export const portalPages: readonly PortalPage[] = [
  {
    path: sendLink(''),
    roles: ['province'],
    component: lazy(async () => (await import('./pages/send/send-page.tsx')).SendPage),
    menu: { vi: 'Nộp số liệu', en: 'Send figures' },
  },
  {
    path: '/units/:unit',
    roles: ['province'],
    component: lazy(async () => (await import('./pages/unit/unit-page.tsx')).UnitPage),
    menu: { vi: 'Việc của tôi', en: 'My work' },
    menuHref: (viewer) => (viewer.role === 'province' ? unitLink('', viewer.unit) : '/'),
  },
  {
    path: '/units/:unit/submissions',
    roles: ['province'],
    component: lazy(async () => (await import('./pages/submissions/submissions-page.tsx')).SubmissionsPage),
    menu: { vi: 'Đã nộp', en: 'Sent files' },
    menuHref: (viewer) => (viewer.role === 'province' ? submissionsLink('', viewer.unit) : '/'),
  },
  {
    path: scoreboardLink(''),
    roles: overseers,
    component: lazy(async () => (await import('./pages/scoreboard/scoreboard-page.tsx')).ScoreboardPage),
    menu: { vi: 'Bảng theo dõi', en: 'Scoreboard' },
  },
  {
    path: deadlinesLink(''),
    roles: overseers,
    component: lazy(async () => (await import('./pages/deadlines/deadlines-page.tsx')).DeadlinesPage),
    menu: { vi: 'Thời hạn', en: 'Deadlines' },
  },
  {
    path: alertsLink(''),
    roles: everybody,
    component: lazy(async () => (await import('./pages/alerts/alerts-page.tsx')).AlertsPage),
    menu: { vi: 'Cảnh báo', en: 'Alerts' },
  },
  {
    path: dataLink(''),
    roles: overseers,
    component: lazy(async () => (await import('./pages/data/data-page.tsx')).DataPage),
    menu: { vi: 'Dữ liệu', en: 'Data' },
  },
  {
    path: '/units/:unit',
    roles: overseers,
    component: lazy(async () => (await import('./pages/unit/unit-page.tsx')).UnitPage),
  },
  {
    path: '/units/:unit/submissions',
    roles: overseers,
    component: lazy(async () => (await import('./pages/submissions/submissions-page.tsx')).SubmissionsPage),
  },
  {
    path: '/units/:unit/submissions/:submission',
    roles: everybody,
    component: lazy(async () => (await import('./pages/submissions/submission-page.tsx')).SubmissionPage),
  },
  {
    path: '/units/:unit/:indicator',
    roles: everybody,
    component: lazy(async () => (await import('./pages/indicator/indicator-page.tsx')).IndicatorPage),
  },
  {
    path: '/alerts/:alert',
    roles: everybody,
    component: lazy(async () => (await import('./pages/alerts/alert-page.tsx')).AlertPage),
  },
];

/** The pages a role is offered. */
export function pagesOf(role: Role): PortalPage[] {
  return portalPages.filter(({ roles }) => roles.includes(role));
}

/** Where the menu leads for a page. */
export function hrefOf({ path, menuHref }: PortalPage, viewer: Viewer): string {
  return menuHref ? menuHref(viewer) : path;
}
