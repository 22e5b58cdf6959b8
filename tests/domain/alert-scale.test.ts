import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAlertSettings, deriveAlerts } from '../../shared/domain/alert.ts';
import { addDays, atHour, endOfDay } from '../../shared/domain/calendar.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import type { Figure, Publication } from '../../shared/domain/observation.ts';
import { countDomainCalls } from './count-calls.ts';
import { deriveAlertsSlowly } from './slow-alerts.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';

const settings = defaultAlertSettings;
const dayAfter = (days: number) => addDays('2022-04-01', days);

/** One of each kind of due date and target, and enough of each for histories to meet them by chance. */
const catalogue = smallCatalogue(
  { ref: 'II.9' },
  { ref: '1.a', kind: 'milestone' },
  { ref: '1.b', kind: 'milestone', due: { type: 'annual', month: 6 } },
  { ref: '1.c', kind: 'count', due: { type: 'monthly' }, target: { op: 'more-than', value: 99 } },
  { ref: '1.d', kind: 'growth', due: { type: 'date', date: '2022-05-31' } },
  { ref: '1.e', due: { type: 'none' } },
);
const indicators = catalogue.tasks.flatMap((task) => task.indicators.map(({ id }) => id));

const anyDay = fc.integer({ min: 0, max: 240 }).map(dayAfter);
const anyFigure: fc.Arbitrary<Figure> = fc
  .record({
    indicator: fc.constantFrom(...indicators),
    period: fc.constantFrom('2022-05', '2022-06', '2022-Q2', '2022-Q3', '2022'),
    asAt: fc.constantFrom('2022-05-31', '2022-06-15', '2022-06-30', '2022-07-15', '2022-09-30'),
    value: fc.constantFrom('50', '99', '100', '100.5'),
    completedOn: fc.option(fc.constantFrom('2021-12-31', '2022-06-30', '2022-07-01'), { nil: undefined }),
    areas: fc.constant(0),
  })
  .map(({ completedOn, ...figure }) => ({ ...figure, ...(completedOn && { completedOn }) }));
const anyPublication = fc.record({
  sequence: fc.integer({ min: 0, max: 15 }),
  receivedOn: anyDay,
  acceptedAfterDays: fc.integer({ min: 0, max: 3 }),
  withdrawnAfterDays: fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined, freq: 3 }),
  figures: fc.array(anyFigure, { minLength: 1, maxLength: 8 }),
});
type Sketch = typeof anyPublication extends fc.Arbitrary<infer T> ? T : never;

function publicationOf({
  sequence,
  receivedOn,
  acceptedAfterDays,
  withdrawnAfterDays,
  figures,
}: Sketch): Publication {
  const acceptedOn = addDays(receivedOn, acceptedAfterDays);
  return {
    submissionId: `01G${String(sequence).padStart(23, '0')}`,
    receivedAt: endOfDay(receivedOn),
    // Some are accepted at the very instant of a stage.
    acceptedAt: sequence % 3 === 0 ? atHour(addDays(acceptedOn, 1), 7) : endOfDay(acceptedOn),
    ...(withdrawnAfterDays !== undefined && {
      withdrawnAt: endOfDay(addDays(acceptedOn, withdrawnAfterDays)),
    }),
    figures,
  };
}

const anyHistory = fc
  .uniqueArray(anyPublication, { selector: ({ sequence }) => sequence, maxLength: 14 })
  .map((sketches) => sketches.map(publicationOf));

describe('alerts derived from the changes of a history', () => {
  it('are those of folding and judging it anew at every instant (property)', () => {
    fc.assert(
      fc.property(anyHistory, anyDay, (publications, day) => {
        const grounds = { catalogue, unitId: '74', publications, asOf: endOfDay(day), settings };
        expect(deriveAlerts(grounds)).toEqual(deriveAlertsSlowly(grounds));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the work of deriving alerts', () => {
  const owed = smallCatalogue(
    ...Array.from({ length: 3 }, (_, index) => ({ ref: `1.${index}`, owner: '*' })),
  );

  /** Two years of reports about everything; after the due date each turns what the one before said. */
  function history(length: number): Publication[] {
    const stepMs = (2 * 365 * 24 * 60 * 60 * 1000) / length;
    return Array.from({ length }, (_, index) => {
      const at = new Date(Date.UTC(2022, 3, 1) + index * stepMs).toISOString();
      const asAt = at.slice(0, 10);
      const value = asAt > '2022-06-30' && index % 2 === 0 ? '100' : '99';
      return publication(
        at,
        owed.tasks.map(({ ref }) => ({ indicator: `${ref}.1`, period: asAt, asAt, value })),
      );
    });
  }

  const callsFor = (catalogue: Catalogue, publications: Publication[], derive = deriveAlerts) =>
    countDomainCalls(() =>
      derive({ catalogue, unitId: '74', publications, asOf: endOfDay('2024-12-31'), settings }),
    );

  it('hardly more than doubles when the history doubles, to 2,000 submissions', async () => {
    const half = await callsFor(owed, history(1000));
    const whole = await callsFor(owed, history(2000));
    const figures = 2000 * owed.tasks.length;
    expect(whole).toBeGreaterThan(figures);
    expect(whole / half).toBeLessThan(2.3);
    expect(whole / figures).toBeLessThan(400);
  });

  it('quadruples by the plain way, which the count of calls shows', async () => {
    const one = smallCatalogue({ ref: '1.0', owner: '*' });
    const half = await callsFor(one, history(50), deriveAlertsSlowly);
    const whole = await callsFor(one, history(100), deriveAlertsSlowly);
    expect(whole / half).toBeGreaterThan(3);
  });
});
