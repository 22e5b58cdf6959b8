import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context, SQSEvent } from 'aws-lambda';

/** What Lambda hands to every function beside the event. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'tiendo',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:ap-southeast-1:000000000000:function:tiendo',
  memoryLimitInMB: '512',
  awsRequestId: '2f3b7c0e-6f0b-4c55-9d0d-0a7c0e9a2b11',
  logGroupName: '/aws/lambda/tiendo',
  logStreamName: '2022/07/01/[$LATEST]0',
  getRemainingTimeInMillis: () => 300_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

/** The messages of a queue as Lambda hands them over; the n-th has the id `m<n>`. */
export function sqsEvent(...bodies: string[]): SQSEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1655690340000',
        SenderId: 'AIDAIENQZJOLO23YVJ4VO',
        ApproximateFirstReceiveTimestamp: '1655690340001',
      },
      messageAttributes: {},
      md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:ap-southeast-1:000000000000:queue',
      awsRegion: 'ap-southeast-1',
    })),
  };
}

/** What S3 reports through EventBridge, as a rule hands it to the queue. */
export function objectCreated(key: string): string {
  return JSON.stringify({
    version: '0',
    id: '17793124-05d4-b198-2fde-7ededc63b103',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: '2022-06-20T02:59:00Z',
    region: 'ap-southeast-1',
    resources: ['arn:aws:s3:::uploads'],
    detail: {
      version: '0',
      bucket: { name: 'uploads' },
      object: { key, size: 62, etag: 'b1946ac92492d2347c6235b4d2611184', sequencer: '00617F08299329D189' },
      'request-id': 'N4N7GDK58NMKJ12R',
      requester: '000000000000',
      'source-ip-address': '203.0.113.7',
      reason: 'PutObject',
    },
  });
}

/** What `ingest` reports, as the rule hands it to `evaluate` and `export`. */
export function pointsPublished(unit: string, year: number): string {
  return JSON.stringify({
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'PointsPublished',
    source: 'tiendo',
    account: '000000000000',
    time: '2022-06-20T03:00:00Z',
    region: 'ap-southeast-1',
    resources: [],
    detail: { unit, year },
  });
}

/** What is reported when something about a unit has changed that is not published. */
export function unitChanged(unit: string): string {
  return JSON.stringify({ 'detail-type': 'UnitChanged', source: 'tiendo', detail: { unit } });
}

/** What EventBridge Scheduler sends: seconds, no milliseconds. */
export function scheduled(at: string): string {
  return JSON.stringify({ scheduledAt: at });
}

/** A request as the HTTP API hands it over, `groups` in the text the JWT authorizer makes of the claim. */
export function httpRequest(
  routeKey: string,
  groups: string,
  rest: { path?: Record<string, string>; query?: Record<string, string>; body?: unknown } = {},
): APIGatewayProxyEventV2WithJWTAuthorizer {
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(rest.query).toString(),
    headers: { 'content-type': 'application/json', host: 'api.example' },
    ...(rest.query && { queryStringParameters: rest.query }),
    ...(rest.path && { pathParameters: rest.path }),
    ...(rest.body !== undefined && { body: JSON.stringify(rest.body) }),
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'a1b2c3d4e5',
      authorizer: {
        principalId: '',
        integrationLatency: 0,
        jwt: {
          claims: { sub: 'c0ffee', token_use: 'access', 'cognito:groups': groups, client_id: 'portal' },
          scopes: [],
        },
      },
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      time: '20/Jun/2022:02:59:00 +0000',
      timeEpoch: 1655693940000,
    },
  };
}
