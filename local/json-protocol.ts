import { type AwsCall, AwsError, type AwsResponse, readBody } from './aws-service.ts';

/** What a call in AWS's JSON protocol asks for: the action, its name and its input, not checked yet. */
export interface JsonCall<A> {
  name: string;
  action: A;
  input: unknown;
}

/**
 * Reads a call in AWS's JSON protocol (`X-Amz-Target: AmazonSQS.SendMessage`, where `AmazonSQS` is the `target`).
 * `service` is what messages call it.
 *
 * @throws AwsError UnknownOperationException for an action that is none of `actions`, SerializationException for a
 * body that is not JSON.
 */
export async function readJsonCall<A>(
  { headers, body }: AwsCall,
  actions: Readonly<Record<string, A>>,
  { service, target }: { service: string; target: string },
): Promise<JsonCall<A>> {
  const header = String(headers['x-amz-target'] ?? '');
  const name = header.startsWith(`${target}.`) ? header.slice(target.length + 1) : '';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) {
    const known = Object.keys(actions).join(', ');
    throw new AwsError(
      400,
      'UnknownOperationException',
      `The embedded ${service} has no action "${header}"; it has ${known}`,
    );
  }
  return { name, action, input: parseJson((await readBody(body)).toString('utf8')) };
}

/** The answer to a call in the JSON protocol, of whose two versions each service speaks one. */
export function jsonResponse(version: '1.0' | '1.1', output: unknown): AwsResponse {
  return {
    status: 200,
    headers: { 'content-type': `application/x-amz-json-${version}` },
    body: JSON.stringify(output),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new AwsError(400, 'SerializationException', 'The body is not JSON');
    throw cause;
  }
}
