/**
 * An environment variable a function cannot work without. Read when the module loads, so that a missing one
 * fails the first start loudly rather than a later request.
 */
export function requireEnvironment(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`The environment variable ${name} is not set; the stack must give it to this function`);
  return value;
}
