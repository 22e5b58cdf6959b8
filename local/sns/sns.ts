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
} from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import type { Delivery } from '../mailbox/mailbox.ts';
import { transaction } from '../transaction.ts';
import { parseFilterPolicy } from './filter-policy.ts';
import { createOptOuts } from './opt-outs.ts';
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
  /** The subscriptions of an e-mail address, on any topic. */
  subscriptionsOf(email: string): readonly Subscription[];
  /**
   * Ends a subscription as the link at the end of an e-mail does; `false` when there is none, or when it was
   * confirmed with `AuthenticateOnUnsubscribe`, which makes the link useless to whoever it was passed on to.
   */
  unsubscribe(arn: string): boolean;
  /** Lets a number have no SMS any more, as the answer STOP does, or have them again. */
  optOut(phone: string): void;
  optIn(phone: string): void;
  isOptedOut(phone: string): boolean;
}

/** SNS has no resource type for a single subscription or number, so these actions need all resources. */
const noResource = '*';
const itemsPerPage = 100;

/**
 * The embedded SNS: topics with e-mail subscriptions and filter policies, and SMS to phone numbers, in the
 * query protocol of the SDK. What it would send goes to `deliver`, all messages of one Publish in one
 * transaction; an SMS to a number that has opted out goes nowhere, and nobody is told. Each call needs
 * `sns:<action>`: Publish, Subscribe, ConfirmSubscription and ListSubscriptionsByTopic on the topic, an SMS,
 * Unsubscribe, SetSubscriptionAttributes and ListPhoneNumbersOptedOut on `*`, as in AWS.
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
  const optOuts = createOptOuts(database);
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
    deliver({
      channel,
      to: endpoint,
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
      if (!optOuts.has(request.target.phoneNumber))
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
    if (existing) askToConfirm(existing);
    const subscription = existing ?? begin(topicArn, endpoint, filterPolicy);
    const showsArn = wantsArn || subscription.pendingToken === null;
    return element('SubscriptionArn', showsArn ? subscription.arn : 'pending confirmation');
  }

  function begin(topicArn: string, endpoint: string, filterPolicy: string | undefined): Subscription {
    return transaction(database, () => {
      const subscription = subscriptions.add(topicArn, endpoint, filterPolicy, confirmByItself);
      askToConfirm(subscription);
      return subscription;
    });
  }

  /** Sends the link that confirms a subscription, unless it is confirmed. */
  function askToConfirm({ topicArn, endpoint, pendingToken }: Subscription): void {
    if (pendingToken === null) return;
    const link = confirmUrl(pendingToken);
    deliver({
      channel: 'email',
      to: endpoint,
      subject: 'AWS Notification - Subscription Confirmation',
      body: `Bạn được mời nhận thông báo của ${topicArn}. Để xác nhận, hãy mở liên kết:\n${link}\n`,
      at: clock.now(),
      messageId: randomUUID(),
    });
  }

  function confirmSubscription(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const topicArn = parameters.take('TopicArn');
    const token = parameters.take('Token');
    const isGuarded = parameters.takeOptional('AuthenticateOnUnsubscribe') === 'true';
    parameters.refuseOthers();
    authorize('sns:ConfirmSubscription', topicArn);
    requireTopic(topicArn);
    const subscription = subscriptions.findToken(token);
    if (subscription?.topicArn !== topicArn) throw invalidParameter('Token');
    subscriptions.confirm(token, isGuarded);
    return element('SubscriptionArn', subscription.arn);
  }

  function setSubscriptionAttributes(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const arn = parameters.take('SubscriptionArn');
    const filterPolicy = readFilterPolicy(
      parameters.take('AttributeName'),
      parameters.takeOptional('AttributeValue') ?? '{}',
    );
    parameters.refuseOthers();
    authorize('sns:SetSubscriptionAttributes', noResource);
    if (!subscriptions.find(arn)) throw new AwsError(404, 'NotFound', 'Subscription does not exist');
    subscriptions.setFilterPolicy(arn, filterPolicy === '{}' ? null : filterPolicy);
    return '';
  }

  function unsubscribe(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const arn = parameters.take('SubscriptionArn');
    parameters.refuseOthers();
    authorize('sns:Unsubscribe', noResource);
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
    const end = Number(nextToken) + itemsPerPage;
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

  function listPhoneNumbersOptedOut(parameters: QueryParameters, authorize: AwsCall['authorize']): string {
    const nextToken = parameters.takeOptional('nextToken') ?? '0';
    parameters.refuseOthers();
    authorize('sns:ListPhoneNumbersOptedOut', noResource);
    if (!/^\d+$/.test(nextToken)) throw invalidParameter('nextToken');
    const all = optOuts.all();
    const end = Number(nextToken) + itemsPerPage;
    const members = all.slice(Number(nextToken), end).map((phone) => element('member', phone));
    return `<phoneNumbers>${members.join('')}</phoneNumbers>${end < all.length ? element('nextToken', String(end)) : ''}`;
  }

  function unsubscribeByLink(arn: string): boolean {
    const subscription = subscriptions.find(arn);
    if (!subscription || subscription.isGuarded === 1 || subscription.pendingToken !== null) return false;
    subscriptions.remove(arn);
    return true;
  }

  const actions: Record<string, (parameters: QueryParameters, authorize: AwsCall['authorize']) => string> = {
    Publish: publish,
    Subscribe: subscribe,
    ConfirmSubscription: confirmSubscription,
    SetSubscriptionAttributes: setSubscriptionAttributes,
    Unsubscribe: unsubscribe,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
    ListPhoneNumbersOptedOut: listPhoneNumbersOptedOut,
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
    confirm: (token) => subscriptions.confirm(token),
    subscriptions: subscriptions.ofTopic,
    subscriptionsOf: subscriptions.ofAddress,
    unsubscribe: unsubscribeByLink,
    optOut: optOuts.add,
    optIn: optOuts.remove,
    isOptedOut: optOuts.has,
  };
}

/** The only subscription attribute there is: a filter policy, checked. */
function readFilterPolicy(attribute: string | undefined, value: string): string {
  if (attribute !== 'FilterPolicy')
    throw invalidParameter(`AttributeName: the embedded SNS does not have ${attribute}`);
  parseFilterPolicy(value);
  return value;
}
