/** Condition keys and their values; a key with several values is an array. Keys are compared without case. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** Patterns without variables, compiled. */
const expressions = new Map<string, RegExp>();

const variable = /\$\{([^}]*)\}/g;

/**
 * Whether a text matches a pattern with `*`, `?` and policy variables (`${aws:PrincipalTag/unit}`). The value of
 * a variable is taken literally; a pattern whose variable has no value matches nothing.
 */
export function matchesPattern(pattern: string, text: string, context: Context): boolean {
  const known = expressions.get(pattern);
  if (known) return known.test(text);
  let expression = '';
  let end = 0;
  for (const match of pattern.matchAll(variable)) {
    const value = singleValue(match[1] ?? '', context);
    if (value === undefined) return false;
    expression += wildcards(pattern.slice(end, match.index)) + literal(value);
    end = match.index + match[0].length;
  }
  const compiled = new RegExp(`^${expression}${wildcards(pattern.slice(end))}$`, 'su');
  // Without a variable it is the same for every request, and the templates have a limited number of them.
  if (end === 0) expressions.set(pattern, compiled);
  return compiled.test(text);
}

/** A pattern without wildcards: its variables replaced, the rest literal; `undefined` when a variable has no value. */
export function substitute(pattern: string, context: Context): string | undefined {
  let missing = false;
  const text = pattern.replace(variable, (_, name: string) => {
    const value = singleValue(name, context);
    if (value === undefined) missing = true;
    return value ?? '';
  });
  return missing ? undefined : text;
}

/** Names of the variables a pattern uses. */
export function variablesOf(pattern: string): string[] {
  return [...pattern.matchAll(variable)].map((match) => match[1] ?? '').filter((name) => !literals.has(name));
}

/** The values of a condition key; `undefined` when the request has none. */
export function lookUp(context: Context, key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === wanted);
  if (!found) return undefined;
  return typeof found[1] === 'string' ? [found[1]] : found[1];
}

const literals = new Set(['*', '?', '$']);

function singleValue(name: string, context: Context): string | undefined {
  if (literals.has(name)) return name;
  const values = lookUp(context, name);
  return values?.length === 1 ? values[0] : undefined;
}

function wildcards(text: string): string {
  return [...text].map((char) => (char === '*' ? '.*' : char === '?' ? '.' : literal(char))).join('');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
