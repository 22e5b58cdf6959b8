import type * as z from 'zod';
import type { Bilingual } from '../catalogue.ts';
import type { Role } from '../viewer.ts';

/** What a route does instead when its query has `dryRun`: the body is a file as it is, the answer a 200. */
export interface DryRunVariant {
  /** Types the gateway hands over as text, which must be UTF-8 then, and one it hands over byte by byte. */
  contentTypes: readonly string[];
  maxBytes: number;
  maxLines: number;
  description: Bilingual;
  answer: z.ZodType;
}

/**
 * One route of the HTTP API. `path` is in API Gateway's form, `function` the function that serves it,
 * `statuses` those of success, all with a body of the form `answer`.
 */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  function:
    | 'api'
    | 'request-upload'
    | 'withdraw'
    | 'acknowledge'
    | 'silence'
    | 'set-due'
    | 'offer-export'
    | 'answer-query'
    | 'register-coordinators'
    | 'manage-accounts';
  roles: readonly Role[];
  summary: Bilingual;
  query: z.ZodObject;
  body?: z.ZodType;
  statuses: readonly number[];
  answer: z.ZodType;
  /** What the answer is when it is not JSON; its `answer` is then a text. */
  contentType?: 'text/csv';
  dryRun?: DryRunVariant;
}
