import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/functions.ts';
import { pascalCase } from '../../infra/logical-id.ts';
import { apiRoutes } from '../../shared/domain/api-routes.ts';
import { resourcesOf, say, synthesizeTemplates } from './synthesized.ts';

const portalUrl = 'https://tiendo.example.vn';
const { data, pipeline, analytics } = synthesizeTemplates({ portalUrl });
const { Resources } = pipeline;
const fourteenDays = 14 * 24 * 60 * 60;

describe('queues', () => {
  const queues = resourcesOf(pipeline, 'AWS::SQS::Queue');
  const redriveOf = (id: string) => {
    const policy = Resources[id]?.Properties.RedrivePolicy;
    if (typeof policy !== 'object' || policy === null) return undefined;
    const { deadLetterTargetArn, maxReceiveCount } = {
      deadLetterTargetArn: undefined,
      maxReceiveCount: 0,
      ...policy,
    };
    return { to: say(deadLetterTargetArn), after: maxReceiveCount };
  };

  it('each have dead letters or are where they end', () => {
    const ends = new Set(queues.map(([id]) => redriveOf(id)?.to));
    expect(queues.map(([id]) => id).filter((id) => !redriveOf(id) && !ends.has(id))).toEqual([]);
    expect(queues).toHaveLength(13);
  });

  it.each([
    ['IngestQueue', 'IngestDeadLetters', 3],
    ['IngestDeadLetters', 'ParkedQueue', 5],
    ['EvaluateQueue', 'EvaluateDeadLetters', 3],
    ['ExportQueue', 'ExportDeadLetters', 3],
    ['NotifyQueue', 'NotifyDeadLetters', 3],
    ['SweepQueue', 'SweepDeadLetters', 3],
  ])('%s gives up to %s after %i tries', (from, to, after) => {
    expect(redriveOf(from)).toEqual({ to, after });
    expect(Resources[to]?.Properties.MessageRetentionPeriod).toBe(fourteenDays);
  });

  it.each([
    ['IngestQueue', 'IngestFunction'],
    ['IngestDeadLetters', 'FailFunction'],
    ['EvaluateQueue', 'EvaluateFunction'],
    ['ExportQueue', 'ExportFunction'],
    ['NotifyQueue', 'NotifyFunction'],
    ['SweepQueue', 'SweepFunction'],
  ])('%s feeds %s one message at a time and hides it for six times the time limit', (queue, consumer) => {
    const mappings = resourcesOf(pipeline, 'AWS::Lambda::EventSourceMapping').map(
      ([, { Properties }]) => Properties,
    );
    const own = mappings.filter(({ EventSourceArn }) => say(EventSourceArn) === queue);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(say(own[0]?.FunctionName)).toBe(consumer);
    const visibility = Number(Resources[queue]?.Properties.VisibilityTimeout);
    expect(visibility).toBeGreaterThanOrEqual(6 * Number(Resources[consumer]?.Properties.Timeout));
  });

  it('are encrypted and refuse plain HTTP', () => {
    expect(queues.filter(([, { Properties }]) => Properties.SqsManagedSseEnabled !== true)).toEqual([]);
    const refusing = resourcesOf(pipeline, 'AWS::SQS::QueuePolicy')
      .filter(([, { Properties }]) =>
        JSON.stringify(Properties.PolicyDocument).includes('"aws:SecureTransport":"false"'),
      )
      .flatMap(([, { Properties }]) => (Array.isArray(Properties.Queues) ? Properties.Queues.map(say) : []));
    expect(refusing.sort()).toEqual(queues.map(([id]) => id).sort());
  });
});

describe('events', () => {
  it('of an upload go to ingest', () => {
    const { EventPattern, Targets } = Resources.UploadReceivedRule?.Properties ?? {};
    expect(EventPattern).toMatchObject({ source: ['aws.s3'], 'detail-type': ['Object Created'] });
    expect(JSON.stringify(EventPattern)).toContain('UploadsBucket');
    expect(Targets).toMatchObject([{ Arn: { 'Fn::GetAtt': ['IngestQueue', 'Arn'] } }]);
  });

  it.each(['PointsPublished', 'UnitChanged'])('of %s go to evaluate and export', (detailType) => {
    const { EventPattern, Targets } = Resources[`${detailType}Rule`]?.Properties ?? {};
    expect(EventPattern).toEqual({ source: ['tiendo'], 'detail-type': [detailType] });
    expect(Targets).toMatchObject([
      { Arn: { 'Fn::GetAtt': ['EvaluateQueue', 'Arn'] } },
      { Arn: { 'Fn::GetAtt': ['ExportQueue', 'Arn'] } },
    ]);
  });
});

describe('schedules', () => {
  it.each([
    ['ExportSchedule', 'cron(0 1 * * ? *)', 'ExportQueue'],
    ['ReconcileSchedule', 'cron(0 6 * * ? *)', 'ReconcileQueue'],
    ['EvaluateSchedule', 'cron(0 7 * * ? *)', 'EvaluateQueue'],
    ['NotifySchedule', 'cron(30 7 * * ? *)', 'NotifyQueue'],
    ['SweepSchedule', 'rate(15 minutes)', 'SweepQueue'],
  ])('%s is %s on the clock of Việt Nam and says for when it runs', (id, expression, queue) => {
    expect(Resources[id]?.Properties).toMatchObject({
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [queue, 'Arn'] },
        Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
      },
    });
    expect(resourcesOf(pipeline, 'AWS::Scheduler::Schedule')).toHaveLength(5);
  });
});

describe('the HTTP API', () => {
  const routes = resourcesOf(pipeline, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
  const authorizers = resourcesOf(pipeline, 'AWS::ApiGatewayV2::Authorizer');

  it('has the routes of the list and no other', () => {
    const listed = apiRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(listed.sort());
  });

  it('checks the access token on every route, issued by the user pool for its client', () => {
    expect(authorizers).toHaveLength(1);
    const [id, authorizer] = authorizers[0] ?? [];
    const guarded = routes.filter(
      ({ AuthorizationType, AuthorizerId }) => AuthorizationType === 'JWT' && say(AuthorizerId) === id,
    );
    expect(guarded).toHaveLength(apiRoutes.length);
    expect(JSON.stringify(authorizer?.Properties.JwtConfiguration)).toMatch(
      /Audience.*UserPoolClient.*Issuer.*UserPoolProviderURL/,
    );
  });

  it.each(apiRoutes)('sends $method $path to $function', ({ method, path, function: name }) => {
    const route = routes.find(({ RouteKey }) => RouteKey === `${method} ${path}`);
    const integration = Resources[say(route?.Target).replace('integrations/', '')];
    expect(say(integration?.Properties.IntegrationUri)).toBe(`${pascalCase(name)}Function`);
    expect(integration?.Properties.PayloadFormatVersion).toBe('2.0');
  });

  it('answers browsers on the portal alone, is throttled and keeps an access log without persons', () => {
    expect(Resources.HttpApi?.Properties.CorsConfiguration).toMatchObject({ AllowOrigins: [portalUrl] });
    const [, stage] = resourcesOf(pipeline, 'AWS::ApiGatewayV2::Stage')[0] ?? [];
    expect(stage?.Properties).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['ApiAccessLogs', 'Arn'] } },
    });
    expect(JSON.stringify(stage?.Properties.AccessLogSettings)).not.toMatch(/claims|sourceIp|userAgent/);
  });
});

describe('functions', () => {
  it('are those of the list', () => {
    const functions = resourcesOf(pipeline, 'AWS::Lambda::Function').map(([id]) => id);
    expect(functions).toEqual(functionNames.map((name) => `${pascalCase(name)}Function`));
  });

  it.each([
    ['request-upload', ['TABLE_NAME', 'UPLOADS_BUCKET', 'UNIT_ROLE_ARN']],
    ['ingest', ['TABLE_NAME', 'UPLOADS_BUCKET', 'REPORTS_BUCKET', 'UNIT_ROLE_ARN']],
    ['sweep', ['TABLE_NAME', 'UPLOADS_BUCKET', 'INGEST_QUEUE_URL']],
    ['fail', ['TABLE_NAME', 'PARKED_QUEUE_URL']],
    ['evaluate', ['TABLE_NAME']],
    ['notify', ['TABLE_NAME', 'NOTIFY_QUEUE_URL', 'PORTAL_URL', 'SMS_MONTHLY_PARTS']],
    ['export', ['TABLE_NAME', 'EXPORT_BUCKET']],
    ['offer-export', ['EXPORT_BUCKET', 'UNIT_ROLE_ARN']],
    ['api', ['TABLE_NAME', 'UPLOADS_BUCKET', 'REPORTS_BUCKET', 'UNIT_ROLE_ARN']],
    ['withdraw', ['TABLE_NAME', 'UNIT_ROLE_ARN']],
    ['reconcile', ['TABLE_NAME', 'TOPIC_ARNS']],
    ['register-coordinators', ['TABLE_NAME', 'TOPIC_ARNS', 'USER_POOL_ID']],
    ['manage-accounts', ['USER_POOL_ID']],
  ])('%s has its name and %j in its environment', (name, variables) => {
    const prefix = pascalCase(name);
    const { Environment, ...properties } = Resources[`${prefix}Function`]?.Properties ?? {};
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogGroup: { Ref: `${prefix}Logs` } },
    });
    expect(Environment).toMatchObject({ Variables: { POWERTOOLS_SERVICE_NAME: name } });
    const { Variables } = { Variables: {}, ...(typeof Environment === 'object' ? Environment : {}) };
    expect(Object.keys(Variables).sort()).toEqual(['POWERTOOLS_SERVICE_NAME', ...variables].sort());
    expect(Resources[`${prefix}Logs`]?.Properties.RetentionInDays).toBe(180);
  });
});

describe('alarms', () => {
  const alarms = resourcesOf(pipeline, 'AWS::CloudWatch::Alarm');

  it('all tell the operations topic, which lets alarms of this account publish', () => {
    const topic = [{ Ref: 'OperationsTopic' }];
    expect(
      alarms.filter(
        ([, { Properties }]) => JSON.stringify(Properties.AlarmActions) !== JSON.stringify(topic),
      ),
    ).toEqual([]);
    const policies = resourcesOf(pipeline, 'AWS::SNS::TopicPolicy').map(([, { Properties }]) =>
      JSON.stringify(Properties),
    );
    expect(policies.filter((policy) => policy.includes('cloudwatch.amazonaws.com'))).toHaveLength(1);
  });

  it('exist for every queue that something may get stuck in and for every function that may fail', () => {
    const endsOfTheLine = ['Parked', 'Evaluate', 'Export', 'Notify', 'Sweep', 'Reconcile'].map((name) =>
      name === 'Parked' ? 'ParkedQueueNotEmpty' : `${name}DeadLettersNotEmpty`,
    );
    const stale = [
      'IngestQueue',
      'IngestDeadLetters',
      'EvaluateQueue',
      'ExportQueue',
      'NotifyQueue',
      'SweepQueue',
      'ReconcileQueue',
    ];
    expect(alarms.map(([id]) => id).sort()).toEqual(
      [
        ...endsOfTheLine,
        ...stale.map((name) => `${name}Stale`),
        ...functionNames.map((name) => `${pascalCase(name)}Errors`),
        ...['Evaluate', 'Export', 'Notify', 'Sweep', 'Reconcile'].map((name) => `${name}Silent`),
        'ApiFaults',
      ].sort(),
    );
  });

  it('wait out one failed try before they call a queue stale', () => {
    expect(Resources.IngestQueueStale?.Properties.Threshold).toBe(
      2 * Number(Resources.IngestQueue?.Properties.VisibilityTimeout),
    );
  });
});

describe('all stacks', () => {
  it('synthesize no custom resource', () => {
    const types = [data, pipeline, analytics].flatMap(({ Resources: resources }) =>
      Object.values(resources).map(({ Type }) => Type),
    );
    expect(types.filter((type) => type.startsWith('Custom::') || type.includes('CustomResource'))).toEqual(
      [],
    );
  });
});
