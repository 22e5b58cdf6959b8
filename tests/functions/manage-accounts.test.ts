import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/manage-accounts.ts';
import { context, httpRequest } from './events.ts';

const accounts = mockClient(CognitoIdentityProviderClient);
const email = 'office@74.example';
const office = { email, role: 'province', unit: '74' };
const user = { UserPoolId: 'ap-southeast-1_test', Username: email };

beforeEach(() => {
  accounts.reset();
  accounts.on(AdminCreateUserCommand).resolves({});
  accounts.on(AdminAddUserToGroupCommand).resolves({});
});

const create = (body: unknown, groups = '[admin]') =>
  handler(httpRequest('POST /accounts', groups, { body }), context);
const added = () =>
  accounts.commandCalls(AdminAddUserToGroupCommand).map(({ args: [{ input }] }) => input.GroupName);

/** The address has an account in these groups. */
function exists(...groups: string[]): void {
  accounts.on(AdminCreateUserCommand).rejects(new UsernameExistsException({ message: 'no', $metadata: {} }));
  const Groups = groups.map((GroupName) => ({ GroupName }));
  accounts.on(AdminListGroupsForUserCommand, user).resolves({ Groups });
}

describe('creating an account', () => {
  it('makes the user with a verified address and puts it into the groups of role and unit', async () => {
    const answer = await create(office);
    expect([answer.statusCode, JSON.parse(answer.body ?? '')]).toEqual([201, office]);
    expect(accounts.commandCalls(AdminCreateUserCommand)[0]?.args[0].input).toEqual({
      ...user,
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
      DesiredDeliveryMediums: ['EMAIL'],
    });
    expect(added()).toEqual(['province', 'unit-74']);
  });

  it.each([
    ['is there already', ['province', 'unit-74'], 200, []],
    ['was left without its unit', ['province'], 200, ['unit-74']],
    ['was left without groups', [], 200, ['province', 'unit-74']],
    ['is of another unit', ['province', 'unit-79'], 409, []],
    ['has another role', ['admin'], 409, []],
  ])('that %s', async (_, groups, status, completed) => {
    exists(...groups);
    expect((await create(office)).statusCode).toBe(status);
    expect(added()).toEqual(completed);
  });

  it.each([
    ['an unknown unit', { ...office, unit: '7' }, '[admin]', 404],
    ['a province without a unit', { email, role: 'province' }, '[admin]', 400],
    ['an analyst with a unit', { ...office, role: 'analyst' }, '[admin]', 400],
    ['an unknown role', { email, role: 'root' }, '[admin]', 400],
    ['no address', { ...office, email: 'office' }, '[admin]', 400],
    ['a coordinator asking', office, '[coordinator]', 403],
    ['a province asking', office, '[province unit-74]', 403],
    ['somebody with two roles', office, '[admin province]', 403],
  ])('is refused for %s', async (_, body, groups, status) => {
    expect((await create(body, groups)).statusCode).toBe(status);
    expect(accounts.calls()).toHaveLength(0);
  });
});
