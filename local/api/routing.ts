/** A route of the HTTP API: `{ routeKey: 'GET /submissions/{id}', functionName: 'TiendoPipeline-Api' }`. */
export interface ApiRouteTarget {
  routeKey: string;
  functionName: string;
}

export interface RouteMatch {
  route: ApiRouteTarget;
  /** Decoded, as the HTTP API hands them over: `{ id: '01G65Z…' }`. */
  pathParameters: Record<string, string>;
}

interface ParsedRoute {
  route: ApiRouteTarget;
  method: string;
  segments: readonly string[];
}

const parameterPattern = /^\{([A-Za-z0-9_.-]+)\}$/;

/**
 * Finds the route of a request as API Gateway does: by method and whole path, a literal segment before a
 * parameter. Throws on kinds of routes the embedded cloud does not serve (`$default`, `{proxy+}`).
 */
export function createRouter(
  routes: readonly ApiRouteTarget[],
): (method: string, path: string) => RouteMatch | undefined {
  const parsed = routes.map(parseRoute).sort(bySpecificity);
  return (method, path) => {
    const segments = path.split('/').slice(1).map(decodeSegment);
    for (const candidate of parsed) {
      if (candidate.method !== method && candidate.method !== 'ANY') continue;
      const pathParameters = matchSegments(candidate.segments, segments);
      if (pathParameters) return { route: candidate.route, pathParameters };
    }
    return undefined;
  };
}

function parseRoute(route: ApiRouteTarget): ParsedRoute {
  const match = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) \/(\S*)$/.exec(route.routeKey);
  const segments = match?.[2]?.split('/') ?? [];
  const isServed = segments.every((segment) => parameterPattern.test(segment) || !/[{}+]/.test(segment));
  if (!match?.[1] || !isServed) {
    throw new Error(
      `The embedded HTTP API does not serve routes such as "${route.routeKey}"; teach it in local/api/routing.ts`,
    );
  }
  return { route, method: match[1], segments };
}

/** The earlier a parameter stands, the later the route is tried. */
function bySpecificity(one: ParsedRoute, other: ParsedRoute): number {
  const shape = ({ segments, method }: ParsedRoute) =>
    [
      ...segments.map((segment) => (parameterPattern.test(segment) ? '1' : '0')),
      method === 'ANY' ? 1 : 0,
    ].join('');
  return shape(one).localeCompare(shape(other));
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly (string | undefined)[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    const name = parameterPattern.exec(part)?.[1];
    if (segment === undefined || (name === undefined && segment !== part)) return undefined;
    if (name === undefined) continue;
    if (segment === '') return undefined;
    parameters[name] = segment;
  }
  return parameters;
}

/** `undefined` for a segment that is not percent-encoded UTF-8: no route has it. */
function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
