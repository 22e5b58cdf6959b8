import * as z from 'zod';
import { alertSchema, alertStageSchema } from './alert.ts';
import { type Assessment, states } from './assessment.ts';
import { bilingualSchema } from './catalogue.ts';
import { coordinatorSchema } from './coordinator.ts';
import { issueSchema } from './issue.ts';
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

export const submissionAnswer = submissionSchema.strip();

export const submissionListAnswer = z.object({ unit: z.string(), submissions: z.array(submissionAnswer) });

export const issueAnswer = issueSchema.strip();

/** The first 1,000 issues in full, errors before warnings; `issueCounts` counts all. */
export const issuesAnswer = z.object({
  id: z.string(),
  state: z.enum(submissionStates),
  issues: z.array(issueAnswer),
  issueCounts: z.record(z.string(), z.int()),
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

export const unitAnswer = z.object({
  unit: z.string(),
  asOf: z.iso.datetime(),
  assessments: z.array(assessmentAnswer),
});

/** How many obligations are in each state, 0 included. */
const countsAnswer = z.record(z.enum(states), z.int());

export const scoreboardAnswer = z.object({
  asOf: z.iso.datetime(),
  nation: countsAnswer,
  units: z.array(z.object({ unit: z.string(), counts: countsAnswer })),
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

export const alertAnswer = alertSchema.extend({ stages: z.array(alertStageSchema.strip()).min(1) }).strip();

/** Every alert ever decided about the unit, in the order in which their causes began. */
export const alertListAnswer = z.object({ unit: z.string(), alerts: z.array(alertAnswer) });

export const coordinatorAnswer = coordinatorSchema.strip();

export const coordinatorListAnswer = z.object({
  unit: z.string(),
  coordinators: z.array(coordinatorAnswer),
});

export const accountAnswer = z.object({
  email: z.string(),
  role: z.enum(roles),
  unit: z.string().optional(),
});
