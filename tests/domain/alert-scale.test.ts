import { describe, expect, it } from 'vitest';
import { deriveCauses } from '../../shared/domain/alert-causes.ts';
import { endOfDay } from '../../shared/domain/calendar.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { alertGrounds } from './alert-grounds.ts';
import { countDomainCalls } from './count-calls.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';

describe('the work of deriving alerts', () => {
  const catalogue = smallCatalogue(
    ...Array.from({ length: 3 }, (_, index) => ({ ref: `1.${index}`, owner: '*' })),
  );

  /** Two years of reports about everything, most of them after the due date, each turning what the one before said. */
  function history(length: number): Publication[] {
    const stepMs = (2 * 365 * 24 * 60 * 60 * 1000) / length;
    return Array.from({ length }, (_, index) => {
      const at = new Date(Date.UTC(2022, 5, 20) + index * stepMs).toISOString();
      const asAt = at.slice(0, 10);
      const value = asAt > '2022-06-30' && index % 2 === 0 ? '100' : '99';
      return publication(
        at,
        catalogue.tasks.map(({ ref }) => ({ indicator: `${ref}.1`, period: asAt, asAt, value })),
      );
    });
  }

  const callsFor = (publications: Publication[]) =>
    countDomainCalls(() =>
      deriveCauses(alertGrounds({ catalogue, publications, asOf: endOfDay('2024-12-31') })),
    );

  it('hardly more than doubles when the history doubles, to 2,000 submissions', async () => {
    const half = await callsFor(history(1000));
    const whole = await callsFor(history(2000));
    const figures = 2000 * catalogue.tasks.length;
    expect(whole).toBeGreaterThan(figures);
    expect(whole / half).toBeLessThan(2.3);
    expect(whole / figures).toBeLessThan(400);
  });
});
