import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function AlertPage() {
  return <Page title={{ vi: 'Cảnh báo', en: 'Alert' }}>{null}</Page>;
}
