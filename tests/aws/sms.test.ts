import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const sms = { to: '+84901234567', text: 'tiendo: qua han 3', notificationId: '2022-07-01#74-1#sms#12' };
const sns = mockClient(SNSClient);

/** The port as it loads with an environment. */
async function loadPort(environment: Record<string, string> = {}) {
  vi.resetModules();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return (await import('../../shared/aws/sms.ts')).sendSms;
}

async function failureOf(sent: Promise<unknown>): Promise<Error> {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('It did not fail');
  return error;
}

/** Everything of an error that could reach a log. */
function told(error: Error): string {
  return `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
}

function expectSecrecy(error: Error): void {
  expect(told(error)).toContain(sms.notificationId);
  for (const secret of [sms.to, sms.to.slice(1), sms.text, 'secret'])
    expect(told(error)).not.toContain(secret);
}

beforeEach(() => sns.reset());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a text message through SNS', () => {
  it('goes to the number, as transactional and for 0.20 dollars at most', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm-1' });
    const sendSms = await loadPort();
    expect(await sendSms(sms)).toBe('m-1');
    expect(sns.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
      {
        PhoneNumber: sms.to,
        Message: sms.text,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: '0.20' },
        },
      },
    ]);
  });

  it('fails with the name of the error, and without the number that SNS repeats in it', async () => {
    const refusal = Object.assign(new Error(`Reason: ${sms.to} is not valid to publish to`), {
      name: 'InvalidParameterException',
    });
    sns.on(PublishCommand).rejects(refusal);
    const sendSms = await loadPort();
    const error = await failureOf(sendSms(sms));
    expect(error.name).toBe('InvalidParameterException');
    expectSecrecy(error);
  });
});

describe('a text message through a gateway', () => {
  let server: Server;
  let url: string;
  let requests: { method: string; path: string; headers: IncomingMessage['headers']; body: unknown }[];
  let answer: (response: ServerResponse) => unknown;

  beforeEach(async () => {
    requests = [];
    server = createServer(async (request, response) => {
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, headers, body: await json(request) });
      answer(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/sms`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const loadGateway = () => loadPort({ SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: 'secret' });
  const answerWith = (status: number, body?: string) => (response: ServerResponse) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);

  it('is posted with token and idempotency key, and SNS hears nothing of it', async () => {
    answer = answerWith(200, '{"messageId":"g-1"}');
    const sendSms = await loadGateway();
    expect(await sendSms(sms)).toBe('g-1');
    expect(requests).toEqual([
      {
        method: 'POST',
        path: '/v1/sms',
        headers: expect.objectContaining({
          authorization: 'Bearer secret',
          'content-type': 'application/json',
          'idempotency-key': sms.notificationId,
        }),
        body: { id: sms.notificationId, to: sms.to, text: sms.text },
      },
    ]);
    expect(sns.calls()).toHaveLength(0);
  });

  it.each([
    [200, '{}'],
    [200, '{"messageId":""}'],
    [200, '{"messageId":7}'],
    [200, 'OK'],
    [202, ''],
    [204, undefined],
    [299, ''],
  ])('taken with %i and %j is known by its own id', async (status, body) => {
    answer = answerWith(status, body);
    const sendSms = await loadGateway();
    expect(await sendSms(sms)).toBe(sms.notificationId);
  });

  it.each([300, 400, 401, 409, 429, 500, 503])('fails when the answer is %i', async (status) => {
    answer = answerWith(status, JSON.stringify({ refused: sms }));
    const sendSms = await loadGateway();
    const error = await failureOf(sendSms(sms));
    expect(error.name).toBe(`GatewayStatus${status}`);
    expectSecrecy(error);
  });

  it('does not follow the gateway elsewhere', async () => {
    answer = (response) => response.writeHead(307, { Location: url }).end();
    const sendSms = await loadGateway();
    expect((await failureOf(sendSms(sms))).name).toBe('GatewayStatus307');
    expect(requests).toHaveLength(1);
  });

  it('fails when the connection breaks off', async () => {
    answer = (response) => response.destroy();
    const sendSms = await loadGateway();
    const error = await failureOf(sendSms(sms));
    expect(error.name).toMatch(/^(?:ECONNRESET|UND_ERR_SOCKET)$/);
    expectSecrecy(error);
  });

  it('fails when there is no answer for ten seconds', async () => {
    const timer = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timer.signal);
    answer = () => timer.abort(new DOMException('The time is up', 'TimeoutError'));
    const sendSms = await loadGateway();
    const error = await failureOf(sendSms(sms));
    expect(timeout).toHaveBeenCalledWith(10_000);
    expect(error.name).toBe('TimeoutError');
    expectSecrecy(error);
  });

  it('tells nothing of a token that no header can hold', async () => {
    const sendSms = await loadPort({ SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: 'secret\nsecret' });
    expectSecrecy(await failureOf(sendSms(sms)));
    expect(requests).toHaveLength(0);
  });

  it('needs a token: without one the first start fails', async () => {
    await expect(loadPort({ SMS_GATEWAY_URL: url })).rejects.toThrow('SMS_GATEWAY_TOKEN');
  });
});
