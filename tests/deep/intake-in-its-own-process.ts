/**
 * Runs the handler of a function's bundle, which is named first, once with a queue's message, which is named second,
 * then prints what it answered, the seconds it took and the most memory this process ever had, in bytes.
 */
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

const handlerSchema = z.custom<(event: unknown, context: unknown) => Promise<unknown>>(
  (exported) => typeof exported === 'function',
);

const [modulePath = '', body = ''] = process.argv.slice(2);
const bundle: Record<string, unknown> = await import(pathToFileURL(modulePath).href);
const handler = handlerSchema.parse(bundle.handler);
const startedMs = performance.now();
const answer = await handler({ Records: [{ messageId: '1', body }] }, { awsRequestId: '1' });
const seconds = Math.round((performance.now() - startedMs) / 1000);
console.log(JSON.stringify({ answer, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));
