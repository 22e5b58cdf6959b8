import type { Reporting } from '../../../shared/domain/reporting.ts';
import { numberText } from '../../format.ts';
import { useLanguage, useText } from '../../language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useUnitName } from '../../unit-name.ts';
import { type Board, shareOf } from './board.ts';

const words = {
  received: { vi: 'Báo cáo tháng đã nhận', en: 'Monthly reports received' },
  onTime: { vi: 'Nhận đúng hạn', en: 'Received on time' },
  reported: { vi: 'Chỉ tiêu đã có số liệu', en: 'Indicators reported on' },
};

/** How reports came, as three numbers. */
export function ReportingFacts({
  of: { expected, received, onTime, assigned, reported },
}: {
  of: Reporting;
}) {
  const text = useText();
  return (
    <dl class="board-facts">
      <div>
        <dt>{text(words.received)}</dt>
        <dd>
          <Share part={received} whole={expected} />
        </dd>
      </div>
      <div>
        <dt>{text(words.onTime)}</dt>
        <dd>
          <Share part={onTime} whole={expected} />
        </dd>
      </div>
      <div>
        <dt>{text(words.reported)}</dt>
        <dd>
          <Share part={reported} whole={assigned} />
        </dd>
      </div>
    </dl>
  );
}

/** How reports came for the tasks of each coordinating body. */
export function BodyTable({ board }: { board: Board }) {
  const text = useText();
  const nameOf = useUnitName();
  const { bodies } = board.reporting;
  const title = text({ vi: 'Báo cáo theo đơn vị phối hợp', en: 'Reports by coordinating body' });
  return (
    <section class="stack-tight" aria-labelledby="bodies">
      <h2 id="bodies">{title}</h2>
      <p class="soft small">
        {text({
          vi: 'Tính trên các đơn vị có nhiệm vụ mà cơ quan này phối hợp. Báo cáo của một tháng đến hạn vào ngày 25 của tháng đó.',
          en: 'Over the units that owe a task the body coordinates. The report for a month is due on its 25th.',
        })}
      </p>
      {bodies.length === 0 ? (
        <Empty>{text({ vi: 'Không có đơn vị phối hợp nào.', en: 'No task names a body.' })}</Empty>
      ) : (
        <Scroll label={text({ vi: 'Bảng đơn vị phối hợp', en: 'Table of coordinating bodies' })}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{text({ vi: 'Đơn vị phối hợp', en: 'Coordinating body' })}</th>
                <th scope="col" class="number">
                  {text(words.received)}
                </th>
                <th scope="col" class="number">
                  {text(words.onTime)}
                </th>
                <th scope="col" class="number">
                  {text(words.reported)}
                </th>
              </tr>
            </thead>
            <tbody>
              {bodies.map(({ unit, expected, received, onTime, assigned, reported }) => (
                <tr key={unit}>
                  <th scope="row">{nameOf(unit)}</th>
                  <td class="number">
                    <Share part={received} whole={expected} />
                  </td>
                  <td class="number">
                    <Share part={onTime} whole={expected} />
                  </td>
                  <td class="number">
                    <Share part={reported} whole={assigned} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

/** `79,36 % (150/189)` */
function Share({ part, whole }: { part: number; whole: number }) {
  const language = useLanguage();
  const percent = shareOf(part, whole);
  if (percent === undefined) return <>–</>;
  return (
    <>
      <strong>{numberText(percent, language)} %</strong>{' '}
      <span class="soft small">
        ({numberText(part, language)}/{numberText(whole, language)})
      </span>
    </>
  );
}
