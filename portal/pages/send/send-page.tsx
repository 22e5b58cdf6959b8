import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function SendPage() {
  return <Page title={{ vi: 'Nộp số liệu', en: 'Send figures' }}>{null}</Page>;
}
