import { deepStrictEqual } from 'node:assert/strict';
import type { Cloud } from '../../local/cloud.ts';
import { emptyExport, exportDaily, readExport } from './export-bucket.ts';
import { send } from './scenario.ts';

const file = (numerator: number) =>
  `indicator,period,numerator,denominator\r\nII.9.1,2022-05,${numerator},1000\r\n`;

/**
 * What the export does, and little else: two files of a province, one correcting the other, are exported as they come;
 * the daily run follows in the night, with time enough for one that died to be repeated. Then the bucket is emptied and
 * made anew, which must give the same keys and the same bytes, or the scenario fails.
 */
export async function playExport(cloud: Cloud): Promise<void> {
  await send(cloud, '2022-06-29T03:00:00.000Z', '74', 'first.csv', file(987));
  await send(cloud, '2022-06-29T06:00:00.000Z', '74', 'corrected.csv', file(990));
  await cloud.moveTo('2022-06-29T21:00:00.000Z');
  const stepByStep = await readExport(cloud);
  await emptyExport(cloud);
  // Whoever runs it by hand runs it again when it failed.
  await exportDaily(cloud).catch(() => exportDaily(cloud));
  deepStrictEqual([...(await readExport(cloud))], [...stepByStep]);
}
