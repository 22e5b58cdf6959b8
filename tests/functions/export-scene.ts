import { pack } from '../../shared/aws/packed-items.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { emptyHead, type Head, publish } from '../../shared/domain/head.ts';
import type { fakeTable } from './fake-table.ts';

/** What of a unit was published, as `ingest` leaves it in the table: two files, the second correcting the first. */
export function exportScene(table: ReturnType<typeof fakeTable>) {
  const first = '01G3ABCDEFGHJKMNPQRSTVWXY1';
  const second = '01G3ABCDEFGHJKMNPQRSTVWXY2';

  const saveHead = (head: Head) => table.putPacked(keys.head(head.unit, head.year), storeHead(head));

  /** Publishes one figure of one row. */
  async function publishFigure(head: Head, id: string, acceptedAt: string, value: string): Promise<Head> {
    const { unit, year } = head;
    const figure = { indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', value, areas: 0 };
    const row = { row: 2, indicator: 'II.9.1', period: '2022-05', area: '', value };
    const sha256 = 'a'.repeat(64);
    const next = publish(head, { id, sha256, receivedAt: acceptedAt, figures: [figure] }, acceptedAt);
    table.put(keys.figures(unit, id), { content: pack({ submission: id, figures: [figure] }) });
    table.put(keys.rows(unit, id, 1), { content: pack([row]) });
    const facts = { fileName: 'a.csv', contentType: 'text/csv', bytes: 3, sha256, requestedBy: 'office' };
    const counts = { year, rows: 1, observations: 1, issueCounts: { 'column-ignored': 2 } };
    const times = { requestedAt: acceptedAt, receivedAt: acceptedAt, acceptedAt };
    table.put(keys.submission(unit, id), { id, unit, state: 'accepted', ...facts, ...counts, ...times });
    await saveHead(next);
    return next;
  }

  return {
    first,
    second,
    saveHead,
    publishFigure,
    publishFirst: (unit = '74') =>
      publishFigure(emptyHead(unit, 2022), first, '2022-06-20T03:00:00.000Z', '98.7'),
    publishSecond: (head: Head) => publishFigure(head, second, '2022-06-21T03:00:00.000Z', '99.25'),
  };
}
