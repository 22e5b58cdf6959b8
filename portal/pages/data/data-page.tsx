import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function DataPage() {
  return <Page title={{ vi: 'Dữ liệu', en: 'Data' }}>{null}</Page>;
}
