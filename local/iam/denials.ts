import * as z from 'zod';
import { AwsError, type Caller } from '../aws-service.ts';

/** A call a function was not allowed to make. */
export interface Denial {
  functionName: string;
  /** Names function, action and resource, in AWS's words. */
  message: string;
}

const resultSchema = z.object({
  batchItemFailures: z.array(z.unknown()).optional(),
  statusCode: z.number().optional(),
});

/**
 * Remembers which calls of functions were denied, and whether an invocation failed over one: then a permission is
 * missing in the template, and the run must fail instead of retrying into a dead-letter queue.
 */
export function createDenials() {
  const all: Denial[] = [];
  let missing: Denial | undefined;
  return {
    /** Every denied call of a function, those it was meant to be denied too. */
    all,
    /** Runs a check of a caller's policies and remembers when it throws. */
    watchCheck(caller: Caller, check: () => void): void {
      try {
        check();
      } catch (error) {
        if (error instanceof AwsError && caller.functionName !== undefined) {
          all.push({ functionName: caller.functionName, message: error.message });
        }
        throw error;
      }
    },
    /** Runs an invocation and remembers when it failed after a call of that function was denied. */
    async watchInvocation(functionName: string, run: () => Promise<unknown>): Promise<unknown> {
      const before = all.length;
      let hasFailed = true;
      try {
        const result = await run();
        hasFailed = isFailure(result);
        return result;
      } finally {
        const denial = all.slice(before).find((one) => one.functionName === functionName);
        if (hasFailed && denial) missing ??= denial;
      }
    },
    /** Throws when an invocation failed over a missing permission; once for each. */
    throwMissing(): void {
      if (!missing) return;
      const { message } = missing;
      missing = undefined;
      throw new Error(message);
    },
  };
}

/** A batch with failed messages, or an HTTP answer of 500 and above. */
function isFailure(result: unknown): boolean {
  const { data } = resultSchema.safeParse(result);
  return (data?.batchItemFailures?.length ?? 0) > 0 || (data?.statusCode ?? 200) >= 500;
}
