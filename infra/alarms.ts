import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  type Metric,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName } from './functions.ts';
import { named, pascalCase } from './logical-id.ts';
import type { PipelineFunction } from './pipeline-function.ts';

const fiveMinutes = Duration.minutes(5);

/**
 * What an operator is woken for, all told to one topic. Each alarm says in its description what has happened
 * and where the runbook goes on.
 */
export class Alarms extends Construct {
  readonly topic: Topic;
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = named(new Topic(this, 'OperationsTopic', { enforceSSL: true }), 'OperationsTopic');
    // The policy that enforces TLS replaces the default one, which had let alarms of this account publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.action = new SnsAction(this.topic);
  }

  /** Something could not be processed and waits for a person. `article` is the runbook's on it. */
  whenNotEmpty(queue: IQueue, queueName: string, article = 'Dead letters'): void {
    this.add(`${queueName}NotEmpty`, {
      metric: queue.metricApproximateNumberOfMessagesVisible(every(fiveMinutes, Stats.MAXIMUM)),
      threshold: 1,
      description: `${queueName} is not empty: something could not be processed. Runbook: "${article}".`,
    });
  }

  /** Messages wait longer than they should: the consumer is stuck, throttled or too slow. */
  whenStale(queue: IQueue, queueName: string, after: Duration): void {
    this.add(`${queueName}Stale`, {
      metric: queue.metricApproximateAgeOfOldestMessage(every(fiveMinutes, Stats.MAXIMUM)),
      threshold: after.toSeconds(),
      description: `The oldest message of ${queueName} waits over ${after.toMinutes()} minutes. Runbook: "Stale queues".`,
    });
  }

  /** A function ended with an error `times` times within 15 minutes. A single retried error wakes nobody. */
  whenFailing({ lambda, name }: PipelineFunction, times: number): void {
    this.add(`${pascalCase(name)}Errors`, {
      metric: lambda.metricErrors(every(Duration.minutes(15), Stats.SUM)),
      threshold: times,
      description: `${name} ended with an error ${times} times within 15 minutes. Runbook: "Function errors".`,
    });
  }

  /** The API answered with a fault of ours: functions answer 500 by themselves, so their own error count stays 0. */
  whenAnsweringFaults(faults: Metric): void {
    this.add('ApiFaults', {
      metric: faults.with(every(Duration.minutes(15), Stats.SUM)),
      threshold: 1,
      description: 'The API answered 5xx within 15 minutes. Runbook: "Function errors".',
    });
  }

  /** A named query failed, which callers are told as an answer: no error of a function, and no 5xx. */
  whenQueriesFail(failed: Metric): void {
    this.add('QueriesFailed', {
      metric: failed.with(every(Duration.minutes(15), Stats.SUM)),
      threshold: 1,
      description: 'A named query failed in Athena within 15 minutes. Runbook: "Failed queries".',
    });
  }

  /** A scheduled function did not run at all within a period: nothing failed, and nothing happened either. */
  whenSilent(name: FunctionName, runs: Metric, period: Duration): void {
    this.add(`${pascalCase(name)}Silent`, {
      metric: runs.with(every(period, Stats.SUM)),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: TreatMissingData.BREACHING,
      description: `${name} did not run within ${period.toHours()} hours. Runbook: "Silent schedules".`,
    });
  }

  private add(
    id: string,
    settings: {
      metric: IMetric;
      threshold: number;
      description: string;
      comparison?: ComparisonOperator;
      missing?: TreatMissingData;
    },
  ): void {
    const alarm = new Alarm(this, id, {
      metric: settings.metric,
      threshold: settings.threshold,
      evaluationPeriods: 1,
      comparisonOperator: settings.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: settings.missing ?? TreatMissingData.NOT_BREACHING,
      alarmDescription: settings.description,
    });
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
    named(alarm, id);
  }
}

function every(period: Duration, statistic: string): MetricOptions {
  return { period, statistic };
}
