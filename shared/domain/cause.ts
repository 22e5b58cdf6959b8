import type { AlertKind, ClosingStage } from './alert.ts';
import type { Day, Instant } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';

/** A stage that ought to be decided at an instant. */
export interface CauseStage {
  stage: string;
  at: Instant;
  isUrgent?: true;
}

/**
 * A span of time in which something must be known, as derived from data alone: what becomes an alert. `episode`
 * is the instant it began; `stages` are those up to the instant asked for, in time order, the first at or after
 * the episode, and none after it ended. `closed` says when and how it ended, if it has.
 */
export interface Cause {
  kind: AlertKind;
  unit: string;
  subject: string;
  indicator?: string;
  due?: Day;
  episode: Instant;
  stages: readonly CauseStage[];
  closed?: { at: Instant; how: ClosingStage };
  /** Why, as known at the instant of a stage, the closing one included. */
  reasonAt(stage: CauseStage): Bilingual;
}
