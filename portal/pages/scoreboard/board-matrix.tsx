import { useMemo } from 'preact/hooks';
import { findIndicator } from '../../../shared/domain/catalogue.ts';
import { indicatorLink, unitLink } from '../../../shared/domain/portal-links.ts';
import { useAsOf, withAsOf } from '../../as-of.ts';
import { useCatalogue } from '../../catalogue.tsx';
import { StateMatrix } from '../../charts/state-matrix.tsx';
import { useLanguage, useText } from '../../language.ts';
import { nameOfUnit } from '../../unit-name.ts';
import { type Board, matrixOf } from './board.ts';

/** The tasks that every unit owes, unit by unit. */
export function BoardMatrix({ board }: { board: Board }) {
  const text = useText();
  const language = useLanguage();
  const catalogue = useCatalogue();
  const { asOf } = useAsOf();
  const { columns, rows } = useMemo(() => {
    const matrix = matrixOf(catalogue, board);
    return {
      columns: matrix.indicators.map((id) => ({
        id,
        label: id,
        title: findIndicator(catalogue, id)?.indicator.title[language] ?? id,
      })),
      rows: matrix.rows.map(({ unit, entries }) => ({
        id: unit.id,
        label: nameOfUnit(unit, language),
        cells: new Map(
          [...entries].map(([id, { state, met, of }]) => [
            id,
            { state, ...(of > 1 && { note: `${met}/${of}` }) },
          ]),
        ),
      })),
    };
  }, [catalogue, board, language]);
  return (
    <section class="stack-tight" aria-labelledby="matrix">
      <h2 id="matrix">{text({ vi: 'Nhiệm vụ chung của mọi đơn vị', en: 'The tasks of every unit' })}</h2>
      <StateMatrix
        caption={text({
          vi: 'Tình trạng từng chỉ tiêu chung, theo đơn vị',
          en: 'The state of each shared indicator, by unit',
        })}
        rowHeading={text({ vi: 'Đơn vị', en: 'Unit' })}
        columns={columns}
        rows={rows}
        hrefOf={(unit, indicator) => withAsOf(indicatorLink('', unit, indicator), asOf)}
        rowHrefOf={(unit) => withAsOf(unitLink('', unit), asOf)}
      />
    </section>
  );
}
