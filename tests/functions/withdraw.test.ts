import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/withdraw.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { coordinator } from '../domain/people.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';
import { fakeUnitSessions } from './unit-sessions.ts';

const table = fakeTable();
fakeUnitSessions();

beforeEach(() => table.reset());

/** Asks to withdraw a submission of unit 74 that does not exist: whoever may is told so. */
async function withdraw(groups: string) {
  const request = { path: { id: 'x' }, query: { unit: '74' }, body: { reason: 'nhầm' } };
  const answer = await handler(httpRequest('POST /submissions/{id}/withdraw', groups, request), context);
  return [answer.statusCode, JSON.parse(answer.body ?? '').code];
}

const allowed = [404, 'submission-unknown'];

describe('who may withdraw a submission of a unit', () => {
  it.each<[string, string[] | undefined, unknown[]]>([
    ['74', undefined, allowed],
    ['VPCP', undefined, allowed],
    ['BTTTT', undefined, allowed],
    ['BTTTT', ['II.9', '74'], allowed],
    ['BTTTT', ['II.9', '01'], [403, 'out-of-scope']],
    ['01', undefined, [403, 'out-of-scope']],
    ['BCA', undefined, [403, 'out-of-scope']],
    ['BCA', ['74'], [403, 'out-of-scope']],
  ])('a coordinator of %s with the scopes %j: %j', async (unit, scopes, answer) => {
    const person = coordinator(unit, { account: 'c0ffee', ...(scopes && { scopes }) });
    await table.putPacked(keys.registry(unit), { unit, version: 1, coordinators: [person], reach: {} });
    expect(await withdraw('[coordinator]')).toEqual(answer);
  });

  it.each([
    ['[province unit-74]', allowed],
    ['[province unit-79]', [403, 'unit-forbidden']],
    ['[coordinator]', [403, 'not-registered']],
    ['[admin]', [403, 'role-forbidden']],
  ])('%s, registered nowhere: %j', async (groups, answer) => {
    expect(await withdraw(groups)).toEqual(answer);
  });
});
