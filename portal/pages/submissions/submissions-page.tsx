import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function SubmissionsPage() {
  return <Page title={{ vi: 'Các lượt nộp', en: 'Sent files' }}>{null}</Page>;
}
