import type { Api } from '../shared/client/api.ts';
import { type AnswerOf, callRoute } from '../shared/client/call-route.ts';
import type { Coordinator } from '../shared/domain/coordinator.ts';

type Registered = AnswerOf<'PUT /units/{unit}/coordinators'>['coordinators'];

/**
 * Gives a unit these coordinators, or with `dryRun` only lets the API check them.
 *
 * @throws ApiProblem when the API refuses the list, Unreachable when there is no answer.
 */
export async function putCoordinators(
  api: Api,
  unit: string,
  coordinators: readonly Coordinator[],
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<Registered> {
  const { body } = await callRoute(api, 'PUT /units/{unit}/coordinators', {
    params: { unit },
    ...(dryRun && { query: { dryRun: 'true' } }),
    body: { coordinators: coordinators.map(asSent) },
  });
  return body.coordinators;
}

/** A coordinator without what the API adds in its answers. */
function asSent(coordinator: Coordinator & { reach?: unknown }): Omit<Coordinator, 'unit'> {
  const { unit: _unit, reach: _reach, ...sent } = coordinator;
  return sent;
}
