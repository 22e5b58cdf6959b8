import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { requireEnvironment } from './environment.ts';
import { sendToGateway } from './sms-gateway.ts';

/** The most one SMS may cost, in US dollars. */
const maxPrice = '0.20';

/** A text message. `to` is E.164; `notificationId` is the same whenever the message is repeated. */
export interface Sms {
  to: string;
  text: string;
  notificationId: string;
}

const gatewayUrl = process.env.SMS_GATEWAY_URL;
const send = gatewayUrl ? throughGateway(gatewayUrl) : throughSns();

/**
 * Sends a text message and returns its message id: through SNS, or through the HTTP gateway where the environment
 * names one as `SMS_GATEWAY_URL`, with `SMS_GATEWAY_TOKEN`.
 *
 * @see docs/adr/0020-sms-behind-a-port.md
 * @throws when it was not taken: an error that bears the name of what went wrong and holds neither the number nor
 * the text, which SNS repeats in errors of its own.
 */
export async function sendSms(sms: Sms): Promise<string> {
  try {
    return await send(sms);
  } catch (error) {
    const name = nameOf(error);
    throw Object.assign(new Error(`The SMS ${sms.notificationId} was not taken: ${name}`), { name });
  }
}

function throughGateway(url: string): typeof sendSms {
  const gateway = { url, token: requireEnvironment('SMS_GATEWAY_TOKEN') };
  return (sms) => sendToGateway(gateway, sms);
}

function throughSns(): typeof sendSms {
  const sns = new SNSClient({});
  return async ({ to, text, notificationId }) => {
    const { MessageId } = await sns.send(
      new PublishCommand({
        PhoneNumber: to,
        Message: text,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: maxPrice },
        },
      }),
    );
    return MessageId ?? notificationId;
  };
}

/** What `fetch` throws says why in its cause alone: `ECONNREFUSED`. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UnknownError';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
