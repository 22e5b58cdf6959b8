import * as z from 'zod';
import { parseProperties } from './properties.ts';
import type { Template } from './template.ts';

const queueSchema = z.object({
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
  FifoQueue: z.literal(false).optional(),
  DelaySeconds: z.literal(0).optional(),
});

/** The queues; times in seconds. */
export function readQueues(template: Template) {
  return template.of('AWS::SQS::Queue').map((resource) => {
    const queue = parseProperties(queueSchema, resource);
    const { RedrivePolicy: redrive } = queue;
    return {
      name: resource.ref.slice(resource.ref.lastIndexOf('/') + 1),
      logicalId: resource.logicalId,
      arn: resource.arn ?? '',
      url: resource.ref,
      visibilityTimeoutSeconds: queue.VisibilityTimeout,
      retentionSeconds: queue.MessageRetentionPeriod,
      ...(redrive
        ? {
            redrive: { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount },
          }
        : {}),
    };
  });
}

const topicSchema = z.object({ FifoTopic: z.literal(false).optional(), Subscription: z.never().optional() });

/** The topics. */
export function readTopics(template: Template) {
  return template.of('AWS::SNS::Topic').map((resource) => {
    parseProperties(topicSchema, resource);
    return { name: resource.logicalId, arn: resource.ref };
  });
}

const queueTargetSchema = z.strictObject({ Id: z.string(), Arn: z.string().startsWith('arn:aws:sqs:') });
const ruleSchema = z.object({
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.literal('ENABLED').default('ENABLED'),
  EventBusName: z.literal('default').optional(),
  ScheduleExpression: z.never().optional(),
  Targets: z.array(queueTargetSchema).default([]),
});

/** The rules of the default bus; their targets are queues, which get the event unchanged. */
export function readRules(template: Template) {
  return template.of('AWS::Events::Rule').map((resource) => {
    const rule = parseProperties(ruleSchema, resource);
    return {
      name: resource.logicalId,
      arn: resource.arn ?? '',
      pattern: rule.EventPattern,
      targets: rule.Targets.map(({ Arn }) => ({ queueArn: Arn })),
    };
  });
}

const scheduleSchema = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.literal('ENABLED').default('ENABLED'),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF') }),
  StartDate: z.never().optional(),
  EndDate: z.never().optional(),
  Target: z.object({
    Arn: z.string().startsWith('arn:aws:sqs:'),
    RoleArn: z.string(),
    Input: z.string().default(''),
    SqsParameters: z.never().optional(),
  }),
});

/** The schedules; their targets are queues. */
export function readSchedules(template: Template) {
  return template.of('AWS::Scheduler::Schedule').map((resource) => {
    const schedule = parseProperties(scheduleSchema, resource);
    return {
      name: resource.logicalId,
      arn: resource.arn ?? '',
      expression: schedule.ScheduleExpression,
      timeZone: schedule.ScheduleExpressionTimezone,
      queueArn: schedule.Target.Arn,
      input: schedule.Target.Input,
      roleArn: schedule.Target.RoleArn,
    };
  });
}
