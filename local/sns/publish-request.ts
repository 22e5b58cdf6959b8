import * as z from 'zod';
import { type PublishedAttributes, parseStringArray } from './filter-policy.ts';
import { invalidParameter, type QueryParameters } from './query-protocol.ts';

/** A checked Publish: to a topic or to one phone number. */
export interface PublishRequest {
  target: { topicArn: string } | { phoneNumber: string };
  message: string;
  subject?: string;
  attributes: PublishedAttributes;
}

const maxMessageBytes = 262_144;
const maxSmsChars = 1600;
const attributeSchema = z.strictObject({
  Name: z.string().regex(/^[A-Za-z0-9_.-]{1,256}$/),
  // Binary attributes are refused: nothing here sends one.
  'Value.DataType': z.enum(['String', 'String.Array', 'Number']),
  'Value.StringValue': z.string().min(1),
});

/**
 * Reads and checks the parameters of Publish. Throws `AwsError` InvalidParameter for what SNS refuses: a
 * message over 256 KiB with its attributes or an SMS over 1,600 characters; a phone number that is not E.164;
 * a subject that is not 1 to 100 printable ASCII characters beginning with a letter, number or punctuation
 * mark. (Newer pages of AWS allow UTF-8 in subjects, older ones do not; what passes here passes both.)
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function readPublishRequest(parameters: QueryParameters): PublishRequest {
  const topicArn = parameters.takeOptional('TopicArn');
  const phoneNumber = parameters.takeOptional('PhoneNumber');
  const message = parameters.take('Message');
  const subject = parameters.takeOptional('Subject');
  const attributes = readAttributes(parameters);
  parameters.refuseOthers();

  if (message === '') throw invalidParameter('Empty message');
  if (byteLength(message, attributes) > maxMessageBytes) throw invalidParameter('Message too long');
  if (subject !== undefined && !/^[!-~][ -~]{0,99}$/.test(subject)) throw invalidParameter('Subject');
  const content = { message, attributes, ...(subject === undefined ? {} : { subject }) };
  if (phoneNumber === undefined) {
    if (topicArn === undefined) throw invalidParameter('TopicArn or PhoneNumber is required');
    return { target: { topicArn }, ...content };
  }
  if (topicArn !== undefined) throw invalidParameter('TopicArn and PhoneNumber exclude each other');
  if (!/^\+[1-9]\d{7,14}$/.test(phoneNumber))
    throw invalidParameter('PhoneNumber is not valid to publish to');
  if ([...message].length > maxSmsChars) throw invalidParameter('Message too long for an SMS');
  return { target: { phoneNumber }, ...content };
}

function readAttributes(parameters: QueryParameters): PublishedAttributes {
  const parsed = z.array(attributeSchema).safeParse(parameters.takeList('MessageAttributes.entry'));
  if (!parsed.success) throw invalidParameter(`MessageAttributes: ${z.prettifyError(parsed.error)}`);
  for (const { 'Value.DataType': type, 'Value.StringValue': value } of parsed.data) {
    if (type === 'String.Array') parseStringArray(value);
    if (type === 'Number' && !/^-?\d+(\.\d+)?$/.test(value)) {
      throw invalidParameter('MessageAttributes: a Number must have a numeric value');
    }
  }
  return Object.fromEntries(
    parsed.data.map(({ Name, 'Value.DataType': type, 'Value.StringValue': value }) => [
      Name,
      { type, value },
    ]),
  );
}

function byteLength(message: string, attributes: PublishedAttributes): number {
  const texts = Object.entries(attributes).flatMap(([name, { type, value }]) => [name, type, value]);
  return [message, ...texts].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}
