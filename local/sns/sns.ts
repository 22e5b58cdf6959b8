import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
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
import type { Delivery } from '../mailbox/mailbox.ts';
import { transaction } from '../transaction.ts';
import { parseFilterPolicy } from './filter-policy.ts';
import { type PublishRequest, readPublishRequest } from './publish-request.ts';
import {
  element,
  invalidParameter,
  type QueryParameters,
  queryResponse,
  readQueryParameters,
} from './query-protocol.ts';
import { createSubscriptionStore, type Subscription } from './subscription-store.ts';

export interface Sns extends AwsService {
  /** Confirms the subscription that awaits a token, as the link in its e-mail does; `false` when none does. */
  confirm(token: string): boolean;
  /** The subscriptions of a topic, in the order they were made. */
  subscriptions(topicArn: string): readonly Subscription[];
}

/** SNS has no resource type for a single subscription, so these actions need every topic of the account. */
const everyTopic = `arn:aws:sns:${region}:${accountId}:*`;
const subscriptionsPerPage = 100;

/**
 * The embedded SNS: topics with e-mail subscriptions and filter policies, and SMS to phone numbers, in the
 * query protocol of the SDK. What it would send goes to `deliver`, all messages of one Publish in one
 * transaction. Each call needs `sns:<action>`: Publish, Subscribe and ListSubscriptionsByTopic on the topic,
 * an SMS on `*`, Unsubscribe and SetSubscriptionAttributes on all topics of the account, as in AWS.
 *
 * A subscription is confirmed by itself unless `confirmByItself` is false: then it awaits the link that is sent
 * to its address (`/mailbox/confirm?token=…`, or what `confirmUrl` makes of the token).
 */
export function createSns(settings: {
  database: DatabaseSync;
  clock: Clock;
  topics: readonly { arn: string }[];
  deliver(delivery: Delivery): void;
  confirmByItself?: boolean;
  confirmUrl?(token: string): string;
}): Sns {
  const { database, clock, deliver, confirmByItself = true } = settings;
  const confirmUrl = settings.confirmUrl ?? ((token) => `/mailbox/confirm?token=${token}`);
  const topicArns = new Set(settings.topics.map(({ arn }) => arn));
  const subscriptions = createSubscriptionStore(database);
  const filters = new Map<string, ReturnType<typeof parseFilterPolicy>>();

  function filterOf(policy: string): ReturnType<typeof parseFilterPolicy> {
    const filter = filters.get(policy) ?? parseFilterPolicy(policy);
    filters.set(policy, filter);
    return filter;
  }

  function requireTopic(topicArn: string): void {
    if (!topicArns.has(topicArn)) throw new AwsError(404, 'NotFound', 'Topic does not exist');
  }

  function sendTo(
    endpoint: string,
    messageId: string,
    request: PublishRequest,
    channel: Delivery['channel'],
  ): void {
    const coordinator = request.attributes.coordinator?.value;
    deliver({
      channel,
      to: endpoint,
      ...(coordinator === undefined ? {} : { coordinator }),
      ...(channel === 'email' ? { subject: request.subject ?? 'AWS Notification Message' } : {}),
      body: request.message,
      at: clock.now(),
      messageId,
    });
  }

  function publish(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const request = readPublishRequest(parameters);
    const messageId = randomUUID();
    if ('phoneNumber' in request.target) {
      authorize('sns:Publish', '*');
      sendTo(request.target.phoneNumber, messageId, request, 'sms');
      return element('MessageId', messageId);
    }
    const { topicArn } = request.target;
    authorize('sns:Publish', topicArn);
    requireTopic(topicArn);
    transaction(database, () => {
      for (const { endpoint, filterPolicy, pendingToken } of subscriptions.ofTopic(topicArn)) {
        if (pendingToken !== null) continue;
        if (filterPolicy !== null && !filterOf(filterPolicy)(request.attributes)) continue;
        sendTo(endpoint, messageId, request, 'email');
      }
    });
    return element('MessageId', messageId);
  }

  function subscribe(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const topicArn = parameters.take('TopicArn');
    const protocol = parameters.take('Protocol');
    const endpoint = parameters.take('Endpoint');
    const wantsArn = parameters.takeOptional('ReturnSubscriptionArn') === 'true';
    let filterPolicy: string | undefined;
    for (const { key, value = '' } of parameters.takeList('Attributes.entry'))
      filterPolicy = readFilterPolicy(key, value);
    parameters.refuseOthers();
    authorize('sns:Subscribe', topicArn);
    requireTopic(topicArn);
    if (protocol !== 'email')
      throw invalidParameter(`the embedded SNS has the protocol email only, not ${protocol}`);
    if (!z.email().safeParse(endpoint).success) throw invalidParameter('Email address');

    const existing = subscriptions.findEndpoint(topicArn, endpoint);
    if (existing && filterPolicy !== undefined && filterPolicy !== existing.filterPolicy) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
    const subscription = existing ?? begin(topicArn, endpoint, filterPolicy);
    const showsArn = wantsArn || subscription.pendingToken === null;
    return element('SubscriptionArn', showsArn ? subscription.arn : 'pending confirmation');
  }

  function begin(topicArn: string, endpoint: string, filterPolicy: string | undefined): Subscription {
    return transaction(database, () => {
      const subscription = subscriptions.add(topicArn, endpoint, filterPolicy, confirmByItself);
      if (subscription.pendingToken !== null) {
        const link = confirmUrl(subscription.pendingToken);
        deliver({
          channel: 'email',
          to: endpoint,
          subject: 'AWS Notification - Subscription Confirmation',
          body: `Bạn được mời nhận thông báo của ${topicArn}. Để xác nhận, hãy mở liên kết:\n${link}\n`,
          at: clock.now(),
          messageId: randomUUID(),
        });
      }
      return subscription;
    });
  }

  function setSubscriptionAttributes(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const arn = parameters.take('SubscriptionArn');
    const filterPolicy = readFilterPolicy(
      parameters.take('AttributeName'),
      parameters.takeOptional('AttributeValue') ?? '{}',
    );
    parameters.refuseOthers();
    authorize('sns:SetSubscriptionAttributes', everyTopic);
    if (!subscriptions.find(arn)) throw new AwsError(404, 'NotFound', 'Subscription does not exist');
    subscriptions.setFilterPolicy(arn, filterPolicy === '{}' ? null : filterPolicy);
    return '';
  }

  function unsubscribe(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const arn = parameters.take('SubscriptionArn');
    parameters.refuseOthers();
    authorize('sns:Unsubscribe', everyTopic);
    if (!arn.startsWith('arn:')) throw invalidParameter('SubscriptionArn');
    subscriptions.remove(arn);
    return '';
  }

  function listSubscriptionsByTopic(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const topicArn = parameters.take('TopicArn');
    const nextToken = parameters.takeOptional('NextToken') ?? '0';
    parameters.refuseOthers();
    authorize('sns:ListSubscriptionsByTopic', topicArn);
    requireTopic(topicArn);
    if (!/^\d+$/.test(nextToken)) throw invalidParameter('NextToken');
    const all = subscriptions.ofTopic(topicArn);
    const end = Number(nextToken) + subscriptionsPerPage;
    const members = all.slice(Number(nextToken), end).map(({ arn, endpoint, pendingToken }) => {
      const fields = {
        SubscriptionArn: pendingToken === null ? arn : 'PendingConfirmation',
        Owner: accountId,
        Protocol: 'email',
        Endpoint: endpoint,
        TopicArn: topicArn,
      };
      return `<member>${Object.entries(fields)
        .map(([name, text]) => element(name, text))
        .join('')}</member>`;
    });
    return `<Subscriptions>${members.join('')}</Subscriptions>${end < all.length ? element('NextToken', String(end)) : ''}`;
  }

  const actions: Record<string, (parameters: QueryParameters, authorize: AwsCall['authorize']) => string> = {
    Publish: publish,
    Subscribe: subscribe,
    SetSubscriptionAttributes: setSubscriptionAttributes,
    Unsubscribe: unsubscribe,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
  };

  async function handle(call: AwsCall): Promise<AwsResponse> {
    const parameters = readQueryParameters((await readBody(call.body)).toString('utf8'));
    const action = Object.hasOwn(actions, parameters.action) ? actions[parameters.action] : undefined;
    if (!action) {
      const known = Object.keys(actions).join(', ');
      throw new AwsError(
        400,
        'InvalidAction',
        `The embedded SNS has no action "${parameters.action}"; it has ${known}`,
      );
    }
    return queryResponse(parameters.action, action(parameters, call.authorize.bind(call)));
  }

  return {
    name: 'sns',
    protocol: 'query',
    handle,
    confirm: subscriptions.confirm,
    subscriptions: subscriptions.ofTopic,
  };
}

/** The only subscription attribute there is: a filter policy, checked. */
function readFilterPolicy(attribute: string | undefined, value: string): string {
  if (attribute !== 'FilterPolicy')
    throw invalidParameter(`AttributeName: the embedded SNS does not have ${attribute}`);
  parseFilterPolicy(value);
  return value;
}
