import { Readable } from 'node:stream';
import { type AwsCall, AwsError, operatorArn } from '../../../local/aws-service.ts';

/** A call as the gateway hands it over, all its headers signed. `denied` are the actions its caller may not do. */
export function s3Call(
  method: string,
  pathAndQuery: string,
  settings: {
    headers?: Record<string, string>;
    /** The body, or its pieces. Its length is sent unless the headers hold one. */
    body?: string | readonly Buffer[];
    unsigned?: readonly string[];
    denied?: readonly string[];
    /** Gets each action asked for. */
    asked?: string[];
  } = {},
): AwsCall {
  const { body = '', unsigned = [], denied = [], asked = [] } = settings;
  const pieces = typeof body === 'string' ? [Buffer.from(body)] : [...body];
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const headers = { 'content-length': String(length), ...settings.headers };
  const [path = '', query = ''] = pathAndQuery.split('?');
  return {
    service: 's3',
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    body: Readable.from(pieces),
    signedHeaders: Object.keys(headers).filter((name) => !unsigned.includes(name)),
    caller: { accessKeyId: 'AKID', roleArn: operatorArn, tags: {} },
    authorize(action, resourceArn) {
      asked.push(`${action} ${resourceArn}`);
      if (denied.includes(action)) throw new AwsError(403, 'AccessDenied', `not allowed: ${action}`);
    },
  };
}
