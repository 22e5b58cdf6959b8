import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function IndicatorPage() {
  return <Page title={{ vi: 'Chỉ tiêu', en: 'Indicator' }}>{null}</Page>;
}
