import * as z from 'zod';

/** A registered person of a unit, who is told about its obligations or about those the unit coordinates. */
export const coordinatorSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  unit: z.string(),
  name: z.string().min(1).max(200),
  language: z.enum(['vi', 'en']),
  email: z.email().optional(),
  /** E.164, for SMS. */
  phone: z
    .string()
    .regex(/^\+[1-9]\d{7,14}$/)
    .optional(),
});
export type Coordinator = z.infer<typeof coordinatorSchema>;

/** The coordinators of one unit. `version` counts the changes, for conditional writes. */
export const registrySchema = z.strictObject({
  unit: z.string(),
  version: z.int(),
  coordinators: z.array(coordinatorSchema),
});
export type Registry = z.infer<typeof registrySchema>;

/** How a coordinator is told. */
export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];
