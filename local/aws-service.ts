import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** Who signed a request: a function's role, an assumed unit role with its session tags, or the operator. */
export interface Caller {
  accessKeyId: string;
  /** ARN of the role (or `arn:aws:iam::000000000000:root` for the operator, who may do everything). */
  roleArn: string;
  /** Name of the session: the function's name, or the one given to AssumeRole. */
  sessionName?: string;
  /** Name of the function the call comes from (`ingest`), when it comes from one. */
  functionName?: string;
  /** Session tags, seen by policies as `aws:PrincipalTag/<name>`. */
  tags: Readonly<Record<string, string>>;
}

/** One AWS request after its signature was checked. */
export interface AwsCall {
  service: string;
  method: string;
  /** Path as sent, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The body, for `readBody`: a stream to S3, whole to every other service. */
  body: Readable | Buffer;
  /** The names of the headers the signature covers, lower case. */
  signedHeaders: readonly string[];
  caller: Caller;
  /**
   * Asks the caller's policies. Throws `AwsError` 403 AccessDenied naming function, action and resource.
   * `context` holds condition keys such as `dynamodb:LeadingKeys`; multi-valued ones are arrays.
   */
  authorize(
    action: string,
    resourceArn: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): void;
}

export interface AwsResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Readable;
}

/** A request without signature, as browsers send before a cross-origin PUT. */
export interface Preflight {
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
}

/** An embedded AWS service. Errors it throws as `AwsError` are rendered in the protocol of the service. */
export interface AwsService {
  /** Name in the credential scope of a signature: `s3`, `sqs`, `sns`, `sts`, `dynamodb`, `events`, `cognito-idp`. */
  readonly name: string;
  readonly protocol: 'rest-xml' | 'json' | 'query';
  handle(call: AwsCall): Promise<AwsResponse>;
  /** Headers that errors of the gateway carry for a request to this service (S3's CORS). */
  corsHeaders?(request: Pick<AwsCall, 'method' | 'path' | 'headers'>): Record<string, string>;
}

/** An error as AWS reports it to its callers. */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = code;
    this.status = status;
    this.code = code;
  }
}

/** Account and region of the embedded cloud. */
export const accountId = '000000000000';
export const region = 'ap-southeast-1';

/** The operator's principal: no policy is asked. */
export const operatorArn = `arn:aws:iam::${accountId}:root`;

/** A whole small body. Throws `AwsError` 413 beyond `maxBytes` (default 16 MiB, the largest DynamoDB takes). */
export async function readBody(body: Readable | Buffer, maxBytes = 16 * 1024 * 1024): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Listening costs half of what iterating does, and every call comes through here.
  await new Promise<void>((resolve, reject) => {
    body.once('end', resolve).once('error', reject);
    body.once('close', () => reject(new Error('The sender went away before the body had ended')));
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else reject(new AwsError(413, 'RequestEntityTooLarge', `The body is over ${maxBytes} bytes`));
    });
  });
  return Buffer.concat(chunks);
}
