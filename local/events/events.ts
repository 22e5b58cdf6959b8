import { randomUUID } from 'node:crypto';
import type { Instant } from '../../shared/domain/calendar.ts';
import {
  type AwsCall,
  AwsError,
  type AwsResponse,
  type AwsService,
  accountId,
  readBody,
  region,
} from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import { parseEventPattern } from './event-pattern.ts';
import { asInput, faultOf, parseEntries } from './put-events.ts';

/** A rule of the default bus. `pattern` is the template's EventPattern. */
export interface Rule {
  name: string;
  pattern: unknown;
  targets: readonly { queueArn: string }[];
}

/** What happened, before it is put into its envelope. Without `time` it happened now. */
export interface EventInput {
  source: string;
  detailType: string;
  detail: Readonly<Record<string, unknown>>;
  resources?: readonly string[];
  time?: Instant;
}

/** An event as rules see it and targets receive it. `time` is in whole seconds: `2022-06-15T01:02:03Z`. */
export interface EventEnvelope {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: readonly string[];
  detail: Readonly<Record<string, unknown>>;
}

export interface Events extends AwsService {
  /** Delivers an event to the targets of every rule that matches it; returns it in its envelope. */
  put(event: EventInput): EventEnvelope;
}

const busName = 'default';
/**
 * The embedded EventBridge: the default bus, its rules, queues as targets, the JSON 1.1 protocol with PutEvents
 * (`events:PutEvents` on the bus). Throws at once for a pattern it cannot evaluate.
 */
export function createEvents(settings: {
  clock: Clock;
  rules: readonly Rule[];
  send(queueArn: string, body: string): unknown;
}): Events {
  const { clock, send } = settings;
  const rules = settings.rules.map(({ name, pattern, targets }) => ({
    matches: parseEventPattern(pattern, `Rule ${name}: pattern`),
    targets,
  }));

  function put(event: EventInput): EventEnvelope {
    const envelope: EventEnvelope = {
      version: '0',
      id: randomUUID(),
      'detail-type': event.detailType,
      source: event.source,
      account: accountId,
      time: `${(event.time ?? clock.now()).slice(0, 19)}Z`,
      region,
      resources: event.resources ?? [],
      detail: event.detail,
    };
    const body = JSON.stringify(envelope);
    for (const { matches, targets } of rules) {
      if (matches(envelope)) for (const { queueArn } of targets) send(queueArn, body);
    }
    return envelope;
  }

  async function handle(call: AwsCall): Promise<AwsResponse> {
    const target = String(call.headers['x-amz-target']);
    if (target !== 'AWSEvents.PutEvents') {
      throw new AwsError(
        400,
        'UnknownOperationException',
        `The embedded EventBridge has PutEvents only, not ${target}`,
      );
    }
    const entries = parseEntries((await readBody(call.body)).toString('utf8'));
    for (const { EventBusName = busName } of entries) {
      const bus = EventBusName.replace(busArn(''), '');
      call.authorize('events:PutEvents', busArn(bus));
      if (bus !== busName)
        throw new AwsError(400, 'ResourceNotFoundException', `Event bus ${bus} does not exist.`);
    }
    const results = entries.map((entry) => {
      const fault = faultOf(entry);
      return fault ?? { EventId: put(asInput(entry)).id };
    });
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({
        FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
        Entries: results,
      }),
    };
  }

  return { name: 'events', protocol: 'json', handle, put };
}

function busArn(name: string): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}
