import { Page } from '../../parts/page.tsx';

/** Stands for a page to come. */
export function ScoreboardPage() {
  return <Page title={{ vi: 'Bảng theo dõi', en: 'Scoreboard' }}>{null}</Page>;
}
