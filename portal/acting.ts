import { type Actor, actingStanding, actorOf } from '../shared/domain/actor.ts';
import type { Bilingual } from '../shared/domain/catalogue.ts';
import type { Coordinator } from '../shared/domain/coordinator.ts';
import { ProblemError } from '../shared/domain/problem.ts';
import { type Matter, type Standing, standsAtLeast } from '../shared/domain/standing.ts';
import type { Viewer } from '../shared/domain/viewer.ts';
import { useCatalogue } from './catalogue.tsx';
import { useSession } from './session/session-context.ts';
import { useAnswer } from './use-answer.ts';

/** What somebody may do on a page: what is not theirs is not offered. The API decides again. */
export interface Acting {
  /** Who is acting; `undefined` for those who only look on, and until it is known. */
  actor: Actor | undefined;
  /** Why a coordinator cannot act at all, in the API's words. */
  refusal: Bilingual | undefined;
  coordinators: readonly Coordinator[];
  /** Whether they may act on a matter at a level or above. */
  canAct(matter: Matter, least?: Standing): boolean;
}

/** What the person on this page may act on; of a coordinator it is known once the registry is read. */
export function useActing(): Acting {
  const catalogue = useCatalogue();
  const { viewer } = useSession();
  const asked = useAnswer('GET /coordinators', viewer.role === 'coordinator' ? {} : undefined);
  const coordinators = asked.answer?.coordinators ?? [];
  const isKnown = viewer.role === 'province' || asked.state === 'ready';
  const { actor, refusal } = isKnown ? findActor(viewer, coordinators) : {};
  return {
    actor,
    refusal,
    coordinators,
    canAct(matter, least = 'unit') {
      const standing = actor && actingStanding(catalogue, actor, matter);
      return standing !== undefined && standsAtLeast(standing, least);
    },
  };
}

/** Whom a viewer acts for, or why they cannot. Those who only look on are refused nothing. */
export function findActor(
  viewer: Viewer,
  coordinators: readonly Coordinator[],
): { actor?: Actor; refusal?: Bilingual } {
  if (viewer.role === 'analyst' || viewer.role === 'admin') return {};
  try {
    return { actor: actorOf(viewer, coordinators) };
  } catch (error) {
    if (error instanceof ProblemError) return { refusal: error.problem.detail };
    throw error;
  }
}
