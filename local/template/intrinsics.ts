/** Where references of one stack lead. */
export interface Scope {
  /** What `Ref` gives for a logical id or parameter. */
  ref(logicalId: string): string;
  getAtt(logicalId: string, attribute: string): string;
  /** The value another stack exports under a name. */
  importValue(name: string): string;
  /** Values of `AWS::Region` and its like, except `AWS::NoValue`. */
  pseudo: Readonly<Record<string, string>>;
  /** Names stack and resource in errors. */
  where: string;
}

/** Stands for `AWS::NoValue` while resolving: the property that has it is left out. */
const noValue = Symbol('AWS::NoValue');

/**
 * A value of a template with every intrinsic function replaced by what it gives: `Ref`, `Fn::GetAtt`, `Fn::Join`,
 * `Fn::Sub`, `Fn::Select`, `Fn::Split` and `Fn::ImportValue`. Any other throws, naming it and where it stands.
 */
export function resolveIntrinsics(value: unknown, scope: Scope): unknown {
  const resolved = resolve(value, scope);
  return resolved === noValue ? undefined : resolved;
}

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    if (entries.length > 1) throw new Error(`${scope.where}: ${first[0]} stands beside other keys`);
    return evaluate(first[0], first[1], scope);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, scope)] as const).filter(([, item]) => item !== noValue),
  );
}

function evaluate(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Ref':
      return reference(text(argument, name, scope), scope);
    case 'Fn::GetAtt': {
      const [logicalId, ...attribute] = Array.isArray(argument)
        ? argument.map((part) => text(resolve(part, scope), name, scope))
        : text(argument, name, scope).split('.');
      return scope.getAtt(logicalId ?? '', attribute.join('.'));
    }
    case 'Fn::ImportValue':
      return scope.importValue(text(resolve(argument, scope), name, scope));
    case 'Fn::Join': {
      const [separator, parts] = list(argument, name, scope);
      return list(resolve(parts, scope), name, scope)
        .map((part) => text(part, name, scope))
        .join(text(separator, name, scope));
    }
    case 'Fn::Split': {
      const [separator, whole] = list(argument, name, scope);
      return text(resolve(whole, scope), name, scope).split(text(separator, name, scope));
    }
    case 'Fn::Select': {
      const [index, items] = list(argument, name, scope);
      const item = list(resolve(items, scope), name, scope)[Number(resolve(index, scope))];
      if (item === undefined) throw new Error(`${scope.where}: Fn::Select finds no item ${String(index)}`);
      return item;
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    default:
      throw new Error(
        `${scope.where}: the embedded cloud does not know the intrinsic function ${name}. ` +
          'Teach it in local/template/intrinsics.ts, or write the stack without it.',
      );
  }
}

function substitute(argument: unknown, scope: Scope): string {
  const [pattern, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = resolve(given, scope);
  return text(pattern, 'Fn::Sub', scope).replace(/\$\{([^}]+)\}/g, (_, raw: string) => {
    const name = raw.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (isRecord(values) && name in values) return text(values[name], 'Fn::Sub', scope);
    const at = name.indexOf('.');
    return at < 0
      ? text(reference(name, scope), 'Fn::Sub', scope)
      : scope.getAtt(name.slice(0, at), name.slice(at + 1));
  });
}

function reference(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return noValue;
  if (!name.startsWith('AWS::')) return scope.ref(name);
  const value = scope.pseudo[name];
  if (value === undefined) throw new Error(`${scope.where}: the embedded cloud gives no value to ${name}`);
  return value;
}

function text(value: unknown, name: string, scope: Scope): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new Error(`${scope.where}: ${name} expects a text, not ${JSON.stringify(value)}`);
}

function list(value: unknown, name: string, scope: Scope): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${scope.where}: ${name} expects a list, not ${JSON.stringify(value)}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
