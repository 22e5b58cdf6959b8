import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { allow } from './allow.ts';
import { definitionOf, type FunctionName } from './functions.ts';
import { named } from './logical-id.ts';
import type { PipelineFunction } from './pipeline-function.ts';

/** How long a message that nobody could process is kept: the longest SQS allows. */
const deadLettersKeptFor = Duration.days(14);
const messagesKeptFor = Duration.days(4);

export interface QueueStepProps {
  /** Logical id of the queue: `IngestQueue`. */
  queueName: string;
  /** The function that consumes the queue; its time limit decides how long a message stays invisible. */
  consumer: FunctionName;
  /** How often a message is tried before it goes to the dead letters. */
  maxReceiveCount: number;
  deadLetters: Queue;
  /** Whether the queue is itself where another one's dead letters go. */
  holdsDeadLetters?: boolean;
  alarms: Alarms;
}

/**
 * A queue, where its messages go that cannot be processed, and the function it feeds one message at a time.
 * A message is visible again only after six times the function's time limit, as Lambda asks for.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export class QueueStep extends Construct {
  readonly queue: Queue;
  readonly consumer: FunctionName;

  constructor(scope: Construct, id: string, props: QueueStepProps) {
    super(scope, id);
    const { queueName, consumer, maxReceiveCount, deadLetters, holdsDeadLetters, alarms } = props;
    this.consumer = consumer;
    const visibilityTimeout = Duration.seconds(6 * definitionOf(consumer).timeoutSeconds);
    this.queue = named(
      new Queue(this, 'Queue', {
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
        visibilityTimeout,
        retentionPeriod: holdsDeadLetters ? deadLettersKeptFor : messagesKeptFor,
        deadLetterQueue: { queue: deadLetters, maxReceiveCount },
      }),
      queueName,
    );
    // One failed try makes a message wait this long by itself; only more than that is a queue that stands.
    alarms.whenStale(this.queue, queueName, Duration.seconds(2 * visibilityTimeout.toSeconds()));
  }

  /** Lets the consumer take messages, by the least it needs. */
  feed({ lambda, policy }: PipelineFunction): void {
    policy.addStatements(
      allow({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.queue.queueArn],
      }),
    );
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
    });
    // Lambda checks on creation that it may read the queue.
    mapping.node.addDependency(policy);
  }
}

/** A queue that holds what could not be processed, for 14 days; somebody is told as soon as it is not empty. */
export function createDeadLetters(
  scope: Construct,
  queueName: string,
  alarms: Alarms,
  article?: string,
): Queue {
  const queue = new Queue(scope, queueName, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: deadLettersKeptFor,
  });
  alarms.whenNotEmpty(queue, queueName, article);
  return named(queue, queueName);
}
