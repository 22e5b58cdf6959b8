import type { AnswerOf } from '../../../shared/client/call-route.ts';
import type { Instant } from '../../../shared/domain/calendar.ts';
import { isInForce } from '../../../shared/domain/silence.ts';

/** The silences as the API lists them. */
export type Silences = AnswerOf<'GET /silences'>;

/** The silences as they stood at an instant: those that had begun, in force or over as they were then. */
export function silencesAt({ silences }: Pick<Silences, 'silences'>, asOf: Instant): Silences {
  const begun = silences.filter(({ at }) => at <= asOf);
  return {
    asOf,
    silences: begun.map((silence) => ({ ...silence, isInForce: isInForce(silence, asOf) })),
  };
}
