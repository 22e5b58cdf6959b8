import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function SubmissionPage() {
  return <Page title={{ vi: 'Biên nhận', en: 'Receipt' }}>{null}</Page>;
}
