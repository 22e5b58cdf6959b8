import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function AlertsPage() {
  return <Page title={{ vi: 'Cảnh báo', en: 'Alerts' }}>{null}</Page>;
}
