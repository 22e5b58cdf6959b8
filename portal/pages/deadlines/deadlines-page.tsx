import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function DeadlinesPage() {
  return <Page title={{ vi: 'Thời hạn', en: 'Deadlines' }}>{null}</Page>;
}
