import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import type { DataStack } from './data-stack.ts';
import {
  definitionOf,
  type FunctionName,
  functionNames,
  type Resources,
  type SmsSettings,
} from './functions.ts';
import { HttpApi } from './http-api.ts';
import { named, pascalCase } from './logical-id.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { createDeadLetters, QueueStep } from './queue-step.ts';
import { Schedules } from './schedules.ts';
import { acknowledgeWildcards } from './wildcards.ts';

export interface PipelineStackProps extends StackProps {
  /** What survives. */
  kept: DataStack;
  /** Where a function's bundle comes from. */
  codeOf(name: FunctionName): Code;
  portalUrl: string;
  sms: SmsSettings;
  /** Unit ids. */
  units: readonly string[];
}

/** How often a message is tried before it counts as one that cannot be processed. */
const tries = 3;

/**
 * What may be replaced at any time: queues, functions and their roles, rules, schedules, the HTTP API
 * and the alarms. Deleting it loses no figure; what is uploaded meanwhile is found by the next sweep.
 */
export class PipelineStack extends Stack {
  /** Where the HTTP API answers: `https://a1b2c3.execute-api.ap-southeast-1.amazonaws.com`. */
  readonly apiUrl: string;

  constructor(
    scope: Construct,
    id: string,
    { kept, codeOf, portalUrl, sms, units, ...props }: PipelineStackProps,
  ) {
    super(scope, id, props);
    const alarms = new Alarms(this, 'Alarms');
    const steps = createSteps(this, alarms);
    const resources: Resources = {
      table: kept.table,
      uploads: kept.uploads,
      reports: kept.reports,
      exports: kept.exports,
      userPool: kept.accounts.userPool,
      messages: kept.messages,
      ingestQueue: steps.ingest.queue,
      notifyQueue: steps.notify.queue,
      parkedQueue: steps.parkedQueue,
      eventBusArn: this.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
      portalUrl,
      sms,
    };

    const functions = new Map<FunctionName, PipelineFunction>();
    for (const name of functionNames) {
      const created = new PipelineFunction(this, pascalCase(name), {
        name,
        code: codeOf(name),
        resources,
        units,
      });
      alarms.whenFailing(created, definitionOf(name).trigger === 'routes' ? 1 : tries);
      acknowledgeWildcards(created);
      functions.set(name, created);
    }
    const functionOf = (name: FunctionName): PipelineFunction => {
      const found = functions.get(name);
      if (!found) throw new Error(`There is no function ${name}`);
      return found;
    };

    for (const step of steps.all) step.feed(functionOf(step.consumer));
    route(this, 'UploadReceivedRule', [steps.ingest], {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [kept.uploads.bucketName] } },
    });
    route(this, 'PointsPublishedRule', [steps.evaluate, steps.export], {
      source: ['tiendo'],
      detailType: ['PointsPublished'],
    });
    route(this, 'UnitChangedRule', [steps.evaluate, steps.export], {
      source: ['tiendo'],
      detailType: ['UnitChanged'],
    });
    route(this, 'UrgentDecidedRule', [steps.notify], { source: ['tiendo'], detailType: ['UrgentDecided'] });
    new Schedules(this, 'Schedules', [
      { name: 'Export', expression: 'cron(0 1 * * ? *)', queue: steps.export.queue },
      { name: 'Reconcile', expression: 'cron(0 6 * * ? *)', queue: steps.reconcile.queue },
      { name: 'Evaluate', expression: 'cron(0 7 * * ? *)', queue: steps.evaluate.queue },
      { name: 'Notify', expression: 'cron(30 7 * * ? *)', queue: steps.notify.queue },
      { name: 'Sweep', expression: 'rate(15 minutes)', queue: steps.sweep.queue },
    ]);
    alarms.whenSilent('evaluate', dailyRuns('evaluate', 'DailyEvaluations'), Duration.days(1));
    alarms.whenSilent('export', dailyRuns('export', 'DailyExports'), Duration.days(1));
    alarms.whenSilent('reconcile', functionOf('reconcile').lambda.metricInvocations(), Duration.days(1));
    alarms.whenSilent('notify', functionOf('notify').lambda.metricInvocations(), Duration.days(1));
    alarms.whenSilent('sweep', functionOf('sweep').lambda.metricInvocations(), Duration.hours(1));
    const http = new HttpApi(this, 'Http', { accounts: kept.accounts, functionOf, portalUrl });
    this.apiUrl = http.api.apiEndpoint;
    alarms.whenAnsweringFaults(http.api.metricServerError());
    named(new CfnOutput(this, 'OperationsTopicArn', { value: alarms.topic.topicArn }), 'OperationsTopicArn');
    named(new CfnOutput(this, 'IngestQueueArn', { value: steps.ingest.queue.queueArn }), 'IngestQueueArn');
    named(new CfnOutput(this, 'ParkedQueueArn', { value: steps.parkedQueue.queueArn }), 'ParkedQueueArn');
  }
}

/**
 * The steps of the journey. A file whose check fails three times goes to `fail`, which marks the submission
 * and parks the message; when `fail` itself fails, SQS parks it.
 */
function createSteps(scope: Construct, alarms: Alarms) {
  const parkedQueue = createDeadLetters(scope, 'ParkedQueue', alarms, 'A submission is failed');
  const ingestDeadLetters = new QueueStep(scope, 'IngestDeadLettersStep', {
    queueName: 'IngestDeadLetters',
    consumer: 'fail',
    maxReceiveCount: 5,
    deadLetters: parkedQueue,
    holdsDeadLetters: true,
    alarms,
  });
  const ingest = new QueueStep(scope, 'IngestStep', {
    queueName: 'IngestQueue',
    consumer: 'ingest',
    maxReceiveCount: tries,
    deadLetters: ingestDeadLetters.queue,
    alarms,
  });
  const step = (consumer: FunctionName) => {
    const name = pascalCase(consumer);
    return new QueueStep(scope, `${name}Step`, {
      queueName: `${name}Queue`,
      consumer,
      maxReceiveCount: tries,
      deadLetters: createDeadLetters(scope, `${name}DeadLetters`, alarms),
      alarms,
    });
  };
  const evaluate = step('evaluate');
  const exportStep = step('export');
  const notify = step('notify');
  const sweep = step('sweep');
  const reconcile = step('reconcile');
  return {
    parkedQueue,
    ingest,
    evaluate,
    export: exportStep,
    notify,
    sweep,
    reconcile,
    all: [ingestDeadLetters, ingest, evaluate, exportStep, notify, sweep, reconcile],
  };
}

/** How often a function that changes start too ran by its schedule, as it counts that itself. */
function dailyRuns(service: FunctionName, metricName: string): Metric {
  return new Metric({ namespace: 'tiendo', metricName, dimensionsMap: { service } });
}

/** Sends the events of a pattern to the queues of some steps. */
function route(
  scope: Construct,
  name: string,
  steps: readonly QueueStep[],
  eventPattern: EventPattern,
): void {
  const targets = steps.map(({ queue }) => new SqsQueue(queue));
  named(new Rule(scope, name, { eventPattern, targets }), name);
}
