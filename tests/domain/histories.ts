import fc from 'fast-check';
import type { Publication } from '../../shared/domain/observation.ts';

/** An instant on 1 June 2022, so many minutes after 07:00 in Vietnam. */
export const at = (minute: number) => new Date(Date.UTC(2022, 5, 1, 0, minute)).toISOString();

/** Histories whose submissions are accepted in an order of their own, some of them withdrawn. */
export const anyHistory = fc
  .uniqueArray(
    fc.record({
      sequence: fc.integer({ min: 0, max: 40 }),
      acceptedAfter: fc.integer({ min: 0, max: 60 }),
      withdrawnAfter: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
      figures: fc.array(
        fc.record({
          indicator: fc.constantFrom('II.9.1', '1.a.1'),
          period: fc.constantFrom('2022-03', '2022-04', '2022-Q2'),
          asAt: fc.constantFrom('2022-03-31', '2022-04-30'),
          value: fc.integer({ min: 0, max: 100 }).map(String),
          areas: fc.constant(0),
        }),
        { maxLength: 4 },
      ),
    }),
    { selector: ({ sequence }) => sequence, maxLength: 8 },
  )
  .map((sketches): Publication[] =>
    sketches.map(({ sequence, acceptedAfter, withdrawnAfter, figures }) => ({
      submissionId: `01G${String(sequence).padStart(23, '0')}`,
      receivedAt: at(acceptedAfter),
      acceptedAt: at(acceptedAfter),
      ...(withdrawnAfter !== undefined && { withdrawnAt: at(acceptedAfter + withdrawnAfter) }),
      figures,
    })),
  );

/** An instant before, within or after such a history. */
export const anyInstant = fc.integer({ min: 0, max: 90 }).map(at);
