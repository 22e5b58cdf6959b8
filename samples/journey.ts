import * as z from 'zod';
import { coordinatorSchema } from '../shared/domain/coordinator.ts';

const instantSchema = z.iso.datetime({ precision: 3 });

/**
 * `journey.json`: the uploads to play, in order of time. `file` is relative to the folder of the samples,
 * `asOf` the day at whose end the journey has been played, `startsAt` an instant before the first upload.
 */
export const journeySchema = z.strictObject({
  asOf: z.iso.date(),
  startsAt: instantSchema,
  submissions: z.array(
    z.strictObject({
      unit: z.string(),
      file: z.string(),
      receivedAt: instantSchema,
      expect: z.enum(['accepted', 'rejected']),
    }),
  ),
});
export type Journey = z.infer<typeof journeySchema>;

/** `coordinators.json`: the coordinators to register, by unit. */
export const sampleCoordinatorsSchema = z.record(
  z.string(),
  z.array(coordinatorSchema.omit({ unit: true })).min(1),
);
export type SampleCoordinators = z.infer<typeof sampleCoordinatorsSchema>;
