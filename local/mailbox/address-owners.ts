import * as z from 'zod';
import { type Catalogue, findUnit } from '../../shared/domain/catalogue.ts';
import type { AddressOwner } from './mailbox.ts';

const requestSchema = z.object({ routeKey: z.literal('PUT /units/{unit}/coordinators') });
const resultSchema = z.object({ statusCode: z.literal(200), body: z.string() });
const answerSchema = z.object({
  unit: z.string(),
  coordinators: z.array(
    z.object({ id: z.string(), name: z.string(), email: z.string(), phone: z.string().optional() }),
  ),
});

/**
 * Whose the addresses are that a request to the API has registered, as messages to them are addressed; none when it
 * was another request, or was refused.
 */
export function addressOwners(catalogue: Catalogue, event: unknown, result: unknown): AddressOwner[] {
  const answered = resultSchema.safeParse(result);
  if (!requestSchema.safeParse(event).success || !answered.success) return [];
  const { unit, coordinators } = answerSchema.parse(JSON.parse(answered.data.body));
  const unitName = findUnit(catalogue, unit)?.name ?? unit;
  return coordinators.flatMap(({ id, name, email, phone }) =>
    [email.toLowerCase(), ...(phone === undefined ? [] : [phone])].map((address) => {
      return { address, coordinator: id, name, unit: unitName };
    }),
  );
}
