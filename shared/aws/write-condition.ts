/** Whether a write was refused because its condition did not hold, so that it changed nothing. */
export function isConditionRefused(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
