import * as z from 'zod';
import type { Sms } from './sms.ts';

const timeoutMs = 10_000;

/** An HTTP gateway for text messages, and what it knows us by. */
export interface SmsGateway {
  url: string;
  token: string;
}

const receiptSchema = z.object({ messageId: z.string().min(1).max(200) });

/**
 * Posts a text message to a gateway, as `{"id":"2022-07-01#74-1#sms#12","to":"+84901234567","text":"…"}`, and returns
 * the `messageId` of its answer; its own id where a 2xx answer names none. `Idempotency-Key` is the id too, so that
 * the gateway can drop what is repeated. Redirects are not followed: they would take the number elsewhere.
 *
 * @throws when the gateway answers anything but 2xx (the error's name is `GatewayStatus503`), or nothing for 10 s.
 */
export async function sendToGateway(
  { url, token }: SmsGateway,
  { to, text, notificationId }: Sms,
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': notificationId,
    },
    body: JSON.stringify({ id: notificationId, to, text }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    const error = new Error('The SMS gateway did not take the message');
    error.name = `GatewayStatus${response.status}`;
    throw error;
  }
  // It is taken, whatever becomes of the rest of the answer.
  const receipt = receiptSchema.safeParse(await response.json().catch(() => undefined));
  return receipt.success ? receipt.data.messageId : notificationId;
}
