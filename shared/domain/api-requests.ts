import * as z from 'zod';
import { coordinatorSchema } from './coordinator.ts';
import { silenceTargetSchema } from './silence.ts';
import { maxFileBytes } from './submission.ts';
import { roles } from './viewer.ts';

/** What a sender announces before the upload; the signature of the URL holds them to it. */
export const uploadRequestSchema = z.strictObject({
  fileName: z.string().min(1).max(255),
  contentType: z.enum(['text/csv', 'application/json']),
  bytes: z.int().min(1).max(maxFileBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UploadRequest = z.infer<typeof uploadRequestSchema>;

/** A new account: an e-mail address and its one role; `province` accounts name their unit. */
export const accountSchema = z
  .strictObject({
    email: z.email(),
    role: z.enum(roles),
    unit: z
      .string()
      .optional()
      .describe('Bắt buộc với vai trò province, và chỉ vai trò đó · with the role province, and only then'),
  })
  .refine(({ role, unit }) => (role === 'province') === (unit !== undefined), {
    message:
      'chỉ tài khoản province mới có, và phải có, đơn vị · a province account, and only that, names its unit',
    path: ['unit'],
  });
export type Account = z.infer<typeof accountSchema>;

/** The largest file a dry run takes as the body of a request, in bytes: in base64 it fits what a function is handed. */
export const maxDryRunBytes = 4 * 1024 * 1024;
/**
 * The most lines in it. A row of figures has 20 bytes or more, so that no file of that size has as many; one of
 * countless tiny rows, each with its issues, would take longer than the 30 seconds an HTTP API waits.
 */
export const maxDryRunLines = 250_000;

/** The most characters of a reason or a comment. */
export const maxReasonCharacters = 500;
/** Why somebody does something, in their own words. */
const reasonSchema = z.string().trim().min(1).max(maxReasonCharacters);

/** Why a submission is taken back. */
export const withdrawalSchema = z.strictObject({ reason: reasonSchema });

/** What somebody says who takes note of an alert, and the day until whose end that lasts. */
export const acknowledgementRequestSchema = z.strictObject({ comment: reasonSchema, until: z.iso.date() });

/** What is to be kept quiet, and until when: the end of a day, or an instant with offset. */
export const silenceRequestSchema = z.strictObject({
  target: silenceTargetSchema,
  reason: reasonSchema,
  until: z.string().max(40),
});

/** When an obligation is due by plan; `null` withdraws the date. */
export const dueDateRequestSchema = z.strictObject({ due: z.iso.date().nullable(), reason: reasonSchema });

/** The coordinators a unit has from now on; `account` is the e-mail address, or the subject, of an account. */
export const coordinatorListSchema = z
  .strictObject({
    coordinators: z
      .array(
        coordinatorSchema.omit({ unit: true }).extend({
          account: z
            .union([z.email(), z.guid()])
            .optional()
            .describe(
              'Địa chỉ e-mail của tài khoản đăng nhập · the e-mail address of the account they sign in with',
            ),
        }),
      )
      .max(50),
  })
  .refine(({ coordinators }) => new Set(coordinators.map(({ id }) => id)).size === coordinators.length, {
    message: 'hai đầu mối trùng mã · two coordinators share an id',
    path: ['coordinators'],
  });
