import { createHash } from 'node:crypto';

/**
 * What an address is known by wherever it is not needed itself: in filter policies, topic plans and reach logs. The
 * same for every spelling of an e-mail address in capitals and small letters.
 */
export function addressOf(emailOrPhone: string): string {
  return createHash('sha256').update(emailOrPhone.toLowerCase()).digest('hex').slice(0, 32);
}
