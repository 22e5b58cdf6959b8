import type { AlertKind } from './alert.ts';
import type { Day } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import type { OpenCounts } from './notification.ts';

/** What an item tells: something new, that it lasts, that it was raised to the reader's level, that it is over. */
export type Tone = 'new' | 'lasting' | 'escalated' | 'resolved';

/**
 * One thing a coordinator is to be told. `stage` is the stage's name within the alert; `knownOn` the day its reason
 * speaks of. `title` is the indicator's, or says what the alert is about where there is none. `due` and
 * `daysLeft` (negative after it) are there for obligations with a date. `muted` is how many other alerts a missing
 * report keeps quiet.
 */
export interface DigestItem {
  alert: string;
  stage: string;
  kind: AlertKind;
  tone: Tone;
  unit: string;
  unitName: Bilingual;
  subject: string;
  indicator?: string;
  title: Bilingual;
  due?: Day;
  daysLeft?: number;
  reason: Bilingual;
  knownOn: Day;
  muted?: number;
}

/** A day's digest: its items, worst first, how much is open, and what the digest before said of that. */
export interface Digest {
  items: readonly DigestItem[];
  counts: OpenCounts;
  before?: { day: Day; counts: OpenCounts };
}
