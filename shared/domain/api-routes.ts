import { alertRoutes } from './routes/alert-routes.ts';
import { analysisRoutes } from './routes/analysis-routes.ts';
import type { ApiRoute } from './routes/api-route.ts';
import { registryRoutes } from './routes/registry-routes.ts';
import { submissionRoutes } from './routes/submission-routes.ts';
import { unitRoutes } from './routes/unit-routes.ts';

/**
 * The one list of routes: the gateway is built from it, the functions refuse what it does not allow, and
 * `docs/openapi.json` is generated from it.
 */
export const apiRoutes = [
  ...submissionRoutes,
  ...unitRoutes,
  ...analysisRoutes,
  ...alertRoutes,
  ...registryRoutes,
] as const satisfies readonly ApiRoute[];

/** One route of the list. */
export type Route = (typeof apiRoutes)[number];
/** The key API Gateway gives a route: `GET /submissions/{id}`. */
export type RouteKey<R extends Route = Route> = R extends Route ? `${R['method']} ${R['path']}` : never;

/** Finds a route by API Gateway's key. */
export function findRoute(routeKey: string): ApiRoute | undefined {
  return apiRoutes.find(({ method, path }) => `${method} ${path}` === routeKey);
}
