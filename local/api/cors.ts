import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';

/** `CorsConfiguration` of an HTTP API, as templates write it. */
export const corsSchema = z.strictObject({
  AllowOrigins: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowHeaders: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  MaxAge: z.number().optional(),
  AllowCredentials: z.boolean().default(false),
});
export type Cors = z.infer<typeof corsSchema>;

/** Whether the request asks for permission instead of doing something. */
export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined;
}

/** The answer's headers for a browser of another origin; none when the origin may not read it. */
export function corsHeaders(cors: Cors, headers: IncomingHttpHeaders): Record<string, string> {
  const allowOrigin = allowedOrigin(cors, headers.origin);
  if (allowOrigin === undefined) return {};
  return {
    'access-control-allow-origin': allowOrigin,
    ...(allowOrigin === '*' ? {} : { vary: 'origin' }),
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(cors.ExposeHeaders.length > 0
      ? { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }
      : {}),
  };
}

/** The answer's headers to a preflight. */
export function preflightHeaders(cors: Cors, headers: IncomingHttpHeaders): Record<string, string> {
  const granted = corsHeaders(cors, headers);
  if (Object.keys(granted).length === 0) return {};
  return {
    ...granted,
    'access-control-allow-methods': cors.AllowMethods.join(','),
    'access-control-allow-headers': cors.AllowHeaders.join(','),
    ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

function allowedOrigin({ AllowOrigins }: Cors, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (AllowOrigins.includes('*')) return '*';
  return AllowOrigins.includes(origin) ? origin : undefined;
}
