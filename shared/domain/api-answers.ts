import * as z from 'zod';
import { acknowledgementSchema } from './acknowledgement.ts';
import { alertSchema, alertStageSchema } from './alert.ts';
import { alertStates } from './alert-view.ts';
import { type Assessment, states } from './assessment.ts';
import { bilingualSchema } from './catalogue.ts';
import { channels, coordinatorSchema } from './coordinator.ts';
import { setDueDateSchema } from './due-date.ts';
import { issueSchema } from './issue.ts';
import { figureSchema, observationSchema, pointSchema } from './observation.ts';
import type { Reporting } from './reporting.ts';
import { silenceSchema } from './silence.ts';
import { submissionSchema, submissionStates } from './submission.ts';
import { roles } from './viewer.ts';

// What the API answers. Readers ignore fields they do not know, so that an older program can read a newer API:
// hence `strip`, where the stored form is strict.

/** A refusal, as `application/problem+json` (RFC 9457): what is wrong, and what to do, in `detail`. */
export const problemAnswer = z.object({
  type: z.string(),
  status: z.int(),
  /** Stable, for programs: `unit-forbidden`. */
  code: z.string(),
  title: z.string(),
  detail: bilingualSchema,
  places: z
    .array(z.object({ at: z.string(), code: z.string(), detail: bilingualSchema }))
    .readonly()
    .optional(),
});

/** Where a requested file may be put: the URL, and the headers that its signature covers. */
export const uploadAnswer = z.object({
  id: z.string(),
  upload: z.object({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    expiresAt: z.iso.datetime(),
  }),
});

/** A submission as it stands now. */
export const submissionAnswer = submissionSchema.strip();

/** The latest submissions of a unit, newest first. */
export const submissionListAnswer = z.object({ unit: z.string(), submissions: z.array(submissionAnswer) });

/**
 * A submission that was withdrawn. `unpublishedCopies` are accepted submissions of the same bytes that published
 * nothing because this one had; they still publish nothing, so that the file must be sent again to count.
 */
export const withdrawalAnswer = submissionAnswer.extend({ unpublishedCopies: z.array(z.string()) });

/** One finding about a file. */
export const issueAnswer = issueSchema.strip();

/** What was detected about a file; `decimal` is the sign its numbers prove, absent when they prove none. */
export const fileAnswer = z.object({
  sha256: z.string(),
  bytes: z.int(),
  format: z.enum(['csv', 'json', 'unknown']),
  encoding: z.string(),
  bom: z.boolean().optional(),
  delimiter: z.string().optional(),
  decimal: z.string().optional(),
});

/**
 * The first 1,000 issues in full, errors before warnings; `issueCounts` counts all. `file` is there once the
 * submission has its outcome.
 */
export const issuesAnswer = z.object({
  id: z.string(),
  state: z.enum(submissionStates),
  file: fileAnswer.optional(),
  issues: z.array(issueAnswer),
  issueCounts: z.record(z.string(), z.int()),
});

export const figureAnswer = figureSchema.strip();

export const pointAnswer = pointSchema.strip();

/**
 * What a unit had published as of an instant, and of which bytes: what a check of a further file needs to know, and
 * what the assessments of that instant rest on.
 */
export const publishedAnswer = z.object({
  unit: z.string(),
  asOf: z.iso.datetime(),
  submissions: z.array(z.object({ id: z.string(), sha256: z.string() })),
  points: z.array(pointAnswer),
});

/** The first 1,000 of each list; `differenceCounts` counts all. */
export const differenceAnswer = z.object({
  added: z.array(figureAnswer),
  changed: z.array(z.object({ before: pointAnswer, after: figureAnswer })),
  unchanged: z.array(figureAnswer),
  missing: z.array(pointAnswer),
});

/** What would come of a file; the first 1,000 issues in full, errors before warnings, `issueCounts` counts all. */
export const dryRunAnswer = z.object({
  verdict: z.enum(['accepted', 'rejected']),
  file: fileAnswer,
  rows: z.int(),
  observations: z.int(),
  issues: z.array(issueAnswer),
  issueCounts: z.record(z.string(), z.int()),
  difference: differenceAnswer,
  differenceCounts: z.record(z.enum(['added', 'changed', 'unchanged', 'missing']), z.int()),
});

/** Where a file can be downloaded from until `expiresAt`, without signing in, and the name it is saved under. */
export const downloadAnswer = z.object({
  url: z.string(),
  fileName: z.string(),
  expiresAt: z.iso.datetime(),
});

/** The state of an obligation; `Assessment` in the domain says what each field means. */
export const assessmentAnswer = z.object({
  obligation: z.string(),
  unit: z.string(),
  indicator: z.string(),
  ref: z.string(),
  due: z.iso.date().nullable(),
  state: z.enum(states),
  value: z.string().nullable(),
  asAt: z.iso.date().nullable(),
  target: z.string(),
  daysLeft: z.int().nullable(),
  projection: z.string().nullable(),
  reportedLateOn: z.iso.date().nullable(),
  reason: bilingualSchema,
}) satisfies z.ZodType<Assessment>;

/** Everything a unit owes, as of an instant. */
export const unitAnswer = z.object({
  unit: z.string(),
  asOf: z.iso.datetime(),
  assessments: z.array(assessmentAnswer),
});

/** How many obligations are in each state, 0 included. */
const countsAnswer = z.record(z.enum(states), z.int());

/** Monthly reports and indicators reported on; `Reporting` in the domain says what each number counts. */
const reportingAnswer = z.object({
  expected: z.int(),
  received: z.int(),
  onTime: z.int(),
  assigned: z.int(),
  reported: z.int(),
}) satisfies z.ZodType<Reporting>;

const unitReportingAnswer = reportingAnswer.extend({ unit: z.string() });

/**
 * The states of all obligations as of an instant, counted for the nation and for each unit, and how everybody
 * reported: the nation, the units that owe a body's tasks, each unit.
 */
export const scoreboardAnswer = z.object({
  asOf: z.iso.datetime(),
  nation: countsAnswer,
  units: z.array(z.object({ unit: z.string(), counts: countsAnswer })),
  reporting: z.object({
    nation: reportingAnswer,
    bodies: z.array(unitReportingAnswer),
    units: z.array(unitReportingAnswer),
  }),
  obligations: z.array(
    assessmentAnswer.pick({
      unit: true,
      indicator: true,
      obligation: true,
      due: true,
      state: true,
      value: true,
    }),
  ),
});

export const acknowledgementAnswer = acknowledgementSchema.strip();

/** An alert as it was known at an instant, with the stages decided by then and the acknowledgement in force. */
export const alertAnswer = alertSchema
  .extend({
    stages: z.array(alertStageSchema.strip()).min(1),
    state: z.enum(alertStates),
    acknowledgement: acknowledgementAnswer.optional(),
  })
  .strip();

/**
 * The alerts of a unit as of an instant, in the order in which their causes began; or those of all units, by unit,
 * each with its first and its latest stage. `next` is what to ask for with `after` to read on.
 */
export const alertListAnswer = z.object({
  asOf: z.iso.datetime(),
  unit: z.string().optional(),
  alerts: z.array(alertAnswer),
  next: z.string().optional(),
});

/** One alert as of an instant, with every acknowledgement made by then. */
export const oneAlertAnswer = alertAnswer.extend({ acknowledgements: z.array(acknowledgementAnswer) });

export const silenceAnswer = silenceSchema.extend({ isInForce: z.boolean() }).strip();

/** The silences in force, then the latest that are over. */
export const silenceListAnswer = z.object({ asOf: z.iso.datetime(), silences: z.array(silenceAnswer) });

export const setDueDateAnswer = setDueDateSchema.strip();

/** The due date an obligation has by plan, and how it came to it, in time order. */
export const dueDateAnswer = z.object({
  obligation: z.string(),
  due: z.iso.date().nullable(),
  dueDates: z.array(setDueDateAnswer),
});

/** A registered person of a unit; `account` is the subject of theirs, `reach` how their addresses stand. */
export const coordinatorAnswer = coordinatorSchema
  .extend({ reach: z.partialRecord(z.enum(channels), z.enum(['pending', 'live', 'gone'])) })
  .strip();

/** The coordinators of a unit. */
export const coordinatorListAnswer = z.object({
  unit: z.string(),
  coordinators: z.array(coordinatorAnswer),
});

/** The coordinators of all units. */
export const everyCoordinatorAnswer = coordinatorListAnswer.pick({ coordinators: true });

/** An account that exists now. */
export const accountAnswer = z.object({
  email: z.string(),
  role: z.enum(roles),
  unit: z.string().optional(),
});

/** The rows that make up a figure, as they stood in the file of its submission. */
export const rowsAnswer = z.object({
  unit: z.string(),
  indicator: z.string(),
  period: z.string(),
  asAt: z.iso.date(),
  submission: z.string(),
  rows: z.array(observationSchema.strip()),
});
