import { useState } from 'preact/hooks';
import { stateNames } from '../../../shared/domain/assessment.ts';
import { unitLink } from '../../../shared/domain/portal-links.ts';
import { StateBar } from '../../charts/state-bar.tsx';
import { StateMark } from '../../charts/state-mark.tsx';
import { stateOrder } from '../../charts/state-order.ts';
import { numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Link } from '../../parts/link.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { SortHead, sortRows, useSorting } from '../../parts/sort.tsx';
import { nameOfUnit } from '../../unit-name.ts';
import { shareOf, type UnitStanding } from './board.ts';

type Column = 'name' | 'state' | 'overdue' | 'at-risk' | 'met' | 'complete' | 'on-time';
type Kind = 'all' | 'province' | 'agency';

const kinds: readonly { kind: Kind; name: { vi: string; en: string } }[] = [
  { kind: 'all', name: { vi: 'Tất cả', en: 'All' } },
  { kind: 'province', name: { vi: 'Tỉnh, thành phố', en: 'Provinces' } },
  { kind: 'agency', name: { vi: 'Bộ, ngành', en: 'Agencies' } },
];

/** All units with their states and their reports: what the map shows, and the agencies, for reading and sorting. */
export function UnitTable({ standings }: { standings: readonly UnitStanding[] }) {
  const text = useText();
  const language = useLanguage();
  const sorting = useSorting<Column>({ column: 'overdue', isDescending: true });
  const [kind, setKind] = useState<Kind>('all');
  const chosen = standings.filter(({ unit }) => kind === 'all' || unit.kind === kind);
  const rows = sortRows(
    chosen,
    (row) => keyOf(row, sorting.column, nameOfUnit(row.unit, language)),
    sorting.isDescending,
  );
  const title = text({ vi: 'Các đơn vị', en: 'Units' });
  return (
    <section class="card stack-tight board-units" aria-labelledby="units">
      <h2 id="units">{title}</h2>
      <fieldset class="row choices">
        <legend class="visually-hidden">{text({ vi: 'Loại đơn vị', en: 'Kind of unit' })}</legend>
        {kinds.map(({ kind: each, name }) => (
          <label key={each}>
            <input type="radio" name="kind" checked={each === kind} onChange={() => setKind(each)} />
            {text(name)}
          </label>
        ))}
      </fieldset>
      <Scroll label={text({ vi: 'Bảng các đơn vị', en: 'Table of units' })}>
        <table class="table is-middle">
          <thead>
            <tr>
              <SortHead column="name" sorting={sorting}>
                {text({ vi: 'Đơn vị', en: 'Unit' })}
              </SortHead>
              <SortHead column="state" sorting={sorting} isDescending>
                {text({ vi: 'Tình trạng', en: 'States' })}
              </SortHead>
              <SortHead column="overdue" sorting={sorting} isNumber>
                {text({ vi: 'Quá hạn', en: 'Overdue' })}
              </SortHead>
              <SortHead column="at-risk" sorting={sorting} isNumber>
                {text({ vi: 'Nguy cơ', en: 'At risk' })}
              </SortHead>
              <SortHead column="met" sorting={sorting} isNumber>
                {text({ vi: 'Đạt', en: 'Met' })}
              </SortHead>
              <SortHead column="complete" sorting={sorting} isNumber isDescending={false}>
                {text({ vi: 'Báo cáo đủ', en: 'Reports in' })}
              </SortHead>
              <SortHead column="on-time" sorting={sorting} isNumber isDescending={false}>
                {text({ vi: 'Đúng hạn', en: 'On time' })}
              </SortHead>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <UnitRow key={row.unit.id} standing={row} name={nameOfUnit(row.unit, language)} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function UnitRow({
  standing: { unit, counts, commonest, reporting },
  name,
}: {
  standing: UnitStanding;
  name: string;
}) {
  const language = useLanguage();
  const text = useText();
  const share = (part: number) => {
    const percent = shareOf(part, reporting.expected);
    return percent === undefined ? '–' : `${numberText(percent, language)} %`;
  };
  return (
    <tr>
      <th scope="row">
        <Link href={unitLink('', unit.id)}>{name}</Link>
      </th>
      <td>
        <div class="board-state" title={commonest && text(stateNames[commonest])}>
          {commonest && <StateMark state={commonest} isNameHidden />}
          <StateBar counts={counts} label={name} isCompact />
        </div>
      </td>
      <td class="number">{counts.overdue}</td>
      <td class="number">{counts['at-risk']}</td>
      <td class="number">{counts.met + counts['met-late']}</td>
      <td class="number">{share(reporting.received)}</td>
      <td class="number">{share(reporting.onTime)}</td>
    </tr>
  );
}

/** By what a column sorts. */
export function keyOf(
  { commonest, counts, reporting }: Omit<UnitStanding, 'unit'>,
  column: Column,
  name: string,
): number | string | undefined {
  switch (column) {
    case 'name':
      return name;
    case 'state':
      return commonest && stateOrder.indexOf(commonest);
    case 'overdue':
    case 'at-risk':
      return counts[column];
    case 'met':
      return counts.met + counts['met-late'];
    case 'complete':
      return ratio(reporting.received, reporting.expected);
    case 'on-time':
      return ratio(reporting.onTime, reporting.expected);
  }
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
