import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';

/** Registers one person, `btttt-1`, as the only one of a unit, who signs in with one of the sample accounts. */
export async function registerCoordinator(
  cloud: Cloud,
  unit: string,
  account: string,
  scopes?: string[],
): Promise<void> {
  const id = `${unit.toLowerCase()}-1`;
  const person = {
    id,
    name: 'Đầu mối',
    language: 'vi' as const,
    email: `${id}@unit.example`,
    account: `${account}@tiendo.test`,
    ...(scopes && { scopes }),
  };
  const inputs = { params: { unit }, body: { coordinators: [person] } };
  await callRoute(apiAs(cloud, 'admin'), 'PUT /units/{unit}/coordinators', inputs);
}
