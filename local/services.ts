import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Athena, createAthena } from './athena/athena.ts';
import type { Clock } from './clock.ts';
import { createDynamoDb, type DynamoDb } from './dynamodb/dynamodb.ts';
import { createEvents, type Events } from './events/events.ts';
import { objectCreated } from './events/object-created.ts';
import { createMailbox, type Mailbox } from './mailbox/mailbox.ts';
import { listObjectFiles } from './s3/object-files.ts';
import { createS3, type S3Service } from './s3/s3.ts';
import { createSns, type Sns } from './sns/sns.ts';
import { createSqs, type Sqs } from './sqs/sqs.ts';
import { readCatalogTables, readWorkgroups } from './template/athena.ts';
import { readQueues, readRules, readSchedules, readTopics } from './template/messaging.ts';
import { readBuckets, readTables } from './template/stores.ts';
import type { Template } from './template/template.ts';
import { createSchedules, type Schedules } from './time/schedules.ts';

/** What keeps and carries data, wired to each other as a template says. */
export interface Services {
  dynamoDb: DynamoDb;
  s3: S3Service;
  /** Reads what S3 keeps. */
  athena: Athena;
  queues: Sqs;
  events: Events;
  sns: Sns;
  /** Gets what SNS sends. */
  mailbox: Mailbox;
  /** Send to queues. */
  schedules: Schedules;
}

/**
 * Opens the stores, queues, topics, rules and schedules of a template, their data in a directory. `webUrl` is
 * where people confirm subscriptions; `atClose` takes what is to be done when the cloud ends.
 */
export async function createServices(settings: {
  template: Template;
  database: DatabaseSync;
  dataDirectory: string;
  clock: Clock;
  webUrl: string;
  atClose(closer: () => unknown): void;
}): Promise<Services> {
  const { template, database, dataDirectory, clock, webUrl, atClose } = settings;
  const dynamoDb = await createDynamoDb({
    directory: join(dataDirectory, 'dynamodb'),
    tables: readTables(template),
  });
  atClose(dynamoDb.close);
  const queues = createSqs({ database, clock, queues: readQueues(template) });
  const mailbox = createMailbox(database);
  const sns = createSns({
    database,
    clock,
    topics: readTopics(template),
    deliver: mailbox.deliver,
    confirmUrl: (token) => `${webUrl}/mailbox/confirm?token=${token}`,
  });
  const { send } = queues;
  const events = createEvents({ clock, rules: readRules(template), send });
  const buckets = readBuckets(template);
  const objectDirectory = join(dataDirectory, 's3');
  const s3 = createS3({
    directory: objectDirectory,
    clock,
    buckets,
    onObjectCreated(object) {
      if (buckets.some(({ name, sendsEvents }) => name === object.bucket && sendsEvents))
        events.put(objectCreated(object));
    },
  });
  atClose(s3.close);
  const athena = createAthena({
    database,
    clock,
    workgroups: readWorkgroups(template),
    tables: readCatalogTables(template),
    filesOf: (bucket) => listObjectFiles(objectDirectory, bucket) ?? [],
    objects: s3.objects,
  });
  atClose(athena.close);
  const schedules = createSchedules({ database, clock, schedules: readSchedules(template), send });
  return { dynamoDb, s3, athena, queues, events, sns, mailbox, schedules };
}
