import { Aws } from 'aws-cdk-lib';
import { Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import { named } from './logical-id.ts';

/** The clock every day and deadline of the directive is read on. */
export const timeZone = 'Asia/Ho_Chi_Minh';

/** When a queue gets its message: `cron(0 7 * * ? *)`, `rate(15 minutes)`. */
export interface ScheduleDefinition {
  name: string;
  expression: string;
  queue: IQueue;
}

/**
 * The clockwork. A schedule only puts `{"scheduledAt":"2022-07-01T00:00:00Z"}` into a queue: what runs then
 * has the queue's retries and dead letters.
 */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, definitions: readonly ScheduleDefinition[]) {
    super(scope, id);
    const role = named(
      new Role(this, 'Role', {
        assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      }),
      'SchedulesRole',
    );
    const policy = named(
      new Policy(this, 'Policy', {
        roles: [role],
        statements: [
          allow({ actions: ['sqs:SendMessage'], resources: definitions.map(({ queue }) => queue.queueArn) }),
        ],
      }),
      'SchedulesPolicy',
    );
    for (const { name, expression, queue } of definitions) {
      const schedule = new CfnSchedule(this, name, {
        scheduleExpression: expression,
        scheduleExpressionTimezone: timeZone,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: queue.queueArn,
          roleArn: role.roleArn,
          input: JSON.stringify({ scheduledAt: '<aws.scheduler.scheduled-time>' }),
        },
      });
      schedule.node.addDependency(policy);
      named(schedule, `${name}Schedule`);
    }
  }
}
