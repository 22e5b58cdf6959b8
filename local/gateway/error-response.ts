import { randomUUID } from 'node:crypto';
import { AwsError, type AwsResponse, type AwsService } from '../aws-service.ts';

/** An error in the protocol of the service, as SDKs parse it. Errors that are not `AwsError` are InternalError 500. */
export function renderError(error: unknown, protocol: AwsService['protocol'], method?: string): AwsResponse {
  const status = error instanceof AwsError ? error.status : 500;
  const code = error instanceof AwsError ? error.code : 'InternalError';
  const message = error instanceof Error ? error.message : String(error);
  const requestId = randomUUID();
  if (protocol === 'json') {
    return {
      status,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-errortype': code,
        'x-amzn-requestid': requestId,
      },
      body: JSON.stringify({ __type: code, message, Message: message }),
    };
  }
  const inner = `<Code>${xml(code)}</Code><Message>${xml(message)}</Message>`;
  const document =
    protocol === 'rest-xml'
      ? `<Error>${inner}<RequestId>${requestId}</RequestId></Error>`
      : `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    ...(method === 'HEAD' ? {} : { body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}` }),
  };
}

function xml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
