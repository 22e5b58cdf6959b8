import { randomUUID } from 'node:crypto';
import { AwsError, type AwsResponse } from '../aws-service.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** The parameters of a request in the query protocol, each of which must be asked for. */
export interface QueryParameters {
  action: string;
  /** Takes a parameter. Throws `AwsError` InvalidParameter when it is missing. */
  take(name: string): string;
  takeOptional(name: string): string | undefined;
  /** Takes a list of structures: `MessageAttributes.entry.1.Name`, … → `[{Name: …, 'Value.DataType': …}]`. */
  takeList(prefix: string): Record<string, string>[];
  /** Throws `AwsError` InvalidParameter naming the parameters nobody took. */
  refuseOthers(): void;
}

/** Reads a form-encoded body such as `Action=Publish&Version=2010-03-31&Message=…`. */
export function readQueryParameters(body: string): QueryParameters {
  const parameters = new Map(new URLSearchParams(body));
  function takeOptional(name: string): string | undefined {
    const value = parameters.get(name);
    parameters.delete(name);
    return value;
  }
  const action = takeOptional('Action') ?? '';
  parameters.delete('Version');
  return {
    action,
    takeOptional,
    take(name) {
      const value = takeOptional(name);
      if (value === undefined) throw invalidParameter(`${name} is required`);
      return value;
    },
    takeList(prefix) {
      const items = new Map<number, Record<string, string>>();
      for (const [name, value] of [...parameters]) {
        const [, index, field] =
          /^(\d+)\.(.+)$/.exec(name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : '') ?? [];
        if (index === undefined || field === undefined) continue;
        items.set(Number(index), { ...items.get(Number(index)), [field]: value });
        parameters.delete(name);
      }
      return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
    },
    refuseOthers() {
      if (parameters.size === 0) return;
      throw invalidParameter(
        `the embedded SNS does not have ${[...parameters.keys()].join(', ')} of ${action}`,
      );
    },
  };
}

/** An answer in the query protocol. `result` is XML, already escaped. */
export function queryResponse(action: string, result: string): AwsResponse {
  const requestId = randomUUID();
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`,
  };
}

/** `<Name>text</Name>` with the text escaped. */
export function element(name: string, text: string): string {
  return `<${name}>${text.replace(/[<>&"'\r]/g, (char) => `&#${char.charCodeAt(0)};`)}</${name}>`;
}

/** The error SNS answers a wrong parameter with. */
export function invalidParameter(reason: string): AwsError {
  return new AwsError(400, 'InvalidParameter', `Invalid parameter: ${reason}`);
}
