/** An invocation ended without a result: the handler threw, took too long, or its worker was ended. */
export class FunctionError extends Error {
  readonly functionName: string;
  /** Name of the error the handler threw; `TimedOut` or `Killed` when the worker was ended. */
  readonly type: string;
  constructor(functionName: string, type: string, message: string, stack?: string) {
    super(`${functionName}: ${type}: ${message}`);
    this.name = 'FunctionError';
    this.functionName = functionName;
    this.type = type;
    if (stack !== undefined) this.stack = stack;
  }
}
