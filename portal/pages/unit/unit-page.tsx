import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function UnitPage() {
  return <Page title={{ vi: 'Việc của đơn vị', en: 'What the unit owes' }}>{null}</Page>;
}
