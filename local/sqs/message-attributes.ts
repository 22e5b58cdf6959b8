import { createHash } from 'node:crypto';
import * as z from 'zod';

/** Attributes of a message as SendMessage takes them: `{alerts: {DataType: 'Number', StringValue: '3'}}`. */
export const messageAttributesSchema = z.record(
  z.string().regex(/^[A-Za-z0-9_.-]{1,256}$/),
  z.strictObject({
    // Binary attributes are refused: nothing here sends one.
    DataType: z.string().regex(/^(String|Number)(\..+)?$/),
    StringValue: z.string().min(1),
  }),
);
export type MessageAttributes = z.infer<typeof messageAttributesSchema>;

/** MD5 of a text as SQS reports it, lower-case hex of its UTF-8 bytes. */
export function md5Hex(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/**
 * MD5 of message attributes: names in order, each as length and bytes of name and type, the mark of a text
 * value, length and bytes of the value. `undefined` when there are none.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    hash.update(withLength(name)).update(withLength(attribute.DataType));
    hash.update(Uint8Array.of(1)).update(withLength(attribute.StringValue));
  }
  return hash.digest('hex');
}

/** Bytes a message counts against the size limit: body, attribute names, types and values. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  const texts = Object.entries(attributes).flatMap(([name, { DataType, StringValue }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [body, ...texts].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}

function withLength(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
