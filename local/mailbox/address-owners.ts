import * as z from 'zod';
import { type Catalogue, findUnit } from '../../shared/domain/catalogue.ts';
import type { Person } from './mailbox.ts';

const requestSchema = z.object({ routeKey: z.literal('PUT /units/{unit}/coordinators') });
const resultSchema = z.object({ statusCode: z.literal(200), body: z.string() });
const answerSchema = z.object({
  unit: z.string(),
  coordinators: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** The people that a request to the API has registered; none when it was another request, or was refused. */
export function registeredPeople(catalogue: Catalogue, event: unknown, result: unknown): Person[] {
  const answered = resultSchema.safeParse(result);
  if (!requestSchema.safeParse(event).success || !answered.success) return [];
  const { unit, coordinators } = answerSchema.parse(JSON.parse(answered.data.body));
  const unitName = findUnit(catalogue, unit)?.name ?? unit;
  return coordinators.map(({ id, name }) => ({ coordinator: id, name, unit: unitName }));
}
