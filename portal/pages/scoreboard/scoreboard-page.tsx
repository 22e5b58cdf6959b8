import { useMemo } from 'preact/hooks';
import { useAsOf } from '../../as-of.ts';
import { useCatalogue, WithCatalogue } from '../../catalogue.tsx';
import { StateBar } from '../../charts/state-bar.tsx';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { AsOfField } from '../../parts/as-of-field.tsx';
import { Page } from '../../parts/page.tsx';
import { useAnswer } from '../../use-answer.ts';
import { type Board, standingsOf } from './board.ts';
import { BoardMap } from './board-map.tsx';
import { BoardMatrix } from './board-matrix.tsx';
import { BodyTable, ReportingFacts } from './reporting.tsx';
import { UnitTable } from './unit-table.tsx';

/** How the whole country stands: states on a map and by unit, the matrix of shared tasks, and how reports come. */
export function ScoreboardPage() {
  const { asOf } = useAsOf();
  const asked = useAnswer('GET /scoreboard', { query: { asOf } });
  return (
    <Page
      title={{ vi: 'Bảng theo dõi', en: 'Scoreboard' }}
      lead={{
        vi: 'Tình hình thực hiện Chỉ thị của 63 tỉnh, thành phố và 30 bộ, ngành. Chọn một ngày để xem mọi thứ như đã biết vào cuối ngày đó.',
        en: 'How 63 provinces and 30 agencies stand under the directive. Choose a day to see everything as it was known at its end.',
      }}
    >
      <AsOfField shown={asked.answer?.asOf} />
      <WithCatalogue>
        <Answered of={asked}>{(board) => <BoardSections board={board} />}</Answered>
      </WithCatalogue>
    </Page>
  );
}

function BoardSections({ board }: { board: Board }) {
  const text = useText();
  const catalogue = useCatalogue();
  const standings = useMemo(() => standingsOf(catalogue, board), [catalogue, board]);
  return (
    <div class="stack">
      <section class="card stack-tight" aria-labelledby="nation">
        <h2 id="nation">{text({ vi: 'Cả nước', en: 'The nation' })}</h2>
        <StateBar counts={board.nation} label={text({ vi: 'Cả nước', en: 'The nation' })} />
        <ReportingFacts of={board.reporting.nation} />
      </section>
      <div class="board-pair">
        <BoardMap board={board} standings={standings} />
        <UnitTable standings={standings} />
      </div>
      <BoardMatrix board={board} />
      <BodyTable board={board} />
    </div>
  );
}
