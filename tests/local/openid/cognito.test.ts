import { DatabaseSync } from 'node:sqlite';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError, operatorArn } from '../../../local/aws-service.ts';
import { createClock } from '../../../local/clock.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { type AccountStore, openAccountStore, sampleAccounts } from '../../../local/openid/accounts.ts';
import { createCognito } from '../../../local/openid/cognito.ts';
import { createAccount } from '../../../shared/aws/accounts.ts';

const userPool = {
  id: 'ap-southeast-1_pool',
  arn: 'arn:aws:cognito-idp:ap-southeast-1:000000000000:userpool/ap-southeast-1_pool',
  groups: ['province', 'analyst', 'admin', 'unit-74', 'unit-79'],
};
const pool = { UserPoolId: userPool.id };

const now = '2022-06-30T01:00:00.000Z';

let accounts: AccountStore;
let asked: string[];
let denied: string[];
let gateway: Gateway;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  accounts = openAccountStore(
    new DatabaseSync(':memory:'),
    sampleAccounts(['74']),
    '2022-04-01T00:00:00.000Z',
  );
  asked = [];
  denied = [];
  const clock = createClock(now);
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  gateway = await startGateway({
    services: [createCognito({ userPool, accounts, clock })],
    identify: (accessKeyId) => ({
      ...credentials,
      caller: { accessKeyId, roleArn: operatorArn, tags: {} },
    }),
    authorize(_, action, resourceArn) {
      asked.push(`${action} ${resourceArn}`);
      if (denied.includes(action)) throw new AwsError(400, 'AccessDeniedException', `no ${action}`);
    },
    clock,
  });
  client = new CognitoIdentityProviderClient({
    region: 'ap-southeast-1',
    endpoint: gateway.endpoint,
    credentials,
    systemClockOffset: clock.nowMs() - Date.now(),
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await gateway.close();
});

const create = (email: string) =>
  client.send(
    new AdminCreateUserCommand({
      ...pool,
      Username: email,
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  );
const add = (Username: string, GroupName: string) =>
  client.send(new AdminAddUserToGroupCommand({ ...pool, Username, GroupName }));
const groupsOf = async (Username: string) =>
  (await client.send(new AdminListGroupsForUserCommand({ ...pool, Username }))).Groups?.map(
    ({ GroupName }) => GroupName,
  );

describe('the embedded user pool', () => {
  it('makes a user whose name is its sub, at the time of the embedded clock', async () => {
    const { User } = await create('Moi@tiendo.test');
    const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
    expect(User).toMatchObject({ Username: sub, Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' });
    expect(User?.UserCreateDate?.toISOString()).toBe(now);
    expect(accounts.find('moi@tiendo.test')).toMatchObject({ sub, email: 'Moi@tiendo.test', groups: [] });
  });

  it.each(['74@tiendo.test', '74@TIENDO.test'])('refuses the taken address %s', async (email) => {
    await expect(create(email)).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });

  it('refuses a user name that is no address', async () => {
    await expect(create('nobody')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('adds to a group, once however often it is asked', async () => {
    await create('a@tiendo.test');
    await add('a@tiendo.test', 'unit-74');
    await add('a@tiendo.test', 'province');
    await add('a@tiendo.test', 'province');
    expect(await groupsOf('a@tiendo.test')).toEqual(['province', 'unit-74']);
  });

  it.each([
    ['an unknown group', () => add('74@tiendo.test', 'unit-7'), 'ResourceNotFoundException'],
    ['an unknown user', () => add('75@tiendo.test', 'admin'), 'UserNotFoundException'],
    [
      'an unknown user to look up',
      () => client.send(new AdminGetUserCommand({ ...pool, Username: 'x' })),
      'UserNotFoundException',
    ],
    [
      'another pool',
      () => client.send(new AdminGetUserCommand({ UserPoolId: 'ap-southeast-1_x', Username: '74' })),
      'ResourceNotFoundException',
    ],
    [
      'a call it does not know',
      () => client.send(new DescribeUserPoolCommand(pool)),
      'UnknownOperationException',
    ],
    [
      'a filter it does not know',
      () => client.send(new ListUsersCommand({ ...pool, Filter: 'phone_number = "1"' })),
      'InvalidParameterException',
    ],
  ])('refuses %s', async (_, call, name) => {
    await expect(call()).rejects.toMatchObject({ name });
  });

  it('finds a user by user name, address or sub', async () => {
    const sub = accounts.find('74')?.sub ?? '';
    for (const Username of ['74', '74@tiendo.test', sub]) {
      const user = await client.send(new AdminGetUserCommand({ ...pool, Username }));
      expect(user.UserAttributes).toContainEqual({ Name: 'email', Value: '74@tiendo.test' });
    }
  });

  it('lists users, filtered and page by page', async () => {
    const list = async (input: object) => {
      const { Users, PaginationToken } = await client.send(new ListUsersCommand({ ...pool, ...input }));
      return { names: Users?.map(({ Username }) => Username), PaginationToken };
    };
    expect((await list({})).names).toEqual(['74', 'coordinator', 'analyst', 'admin']);
    expect((await list({ Filter: 'email = "74@tiendo.test"' })).names).toEqual(['74']);
    expect((await list({ Filter: 'email ^= "a"' })).names).toEqual(['analyst', 'admin']);
    const first = await list({ Limit: 3 });
    expect(first.names).toHaveLength(3);
    const { PaginationToken } = first;
    expect(await list({ Limit: 3, PaginationToken })).toEqual({ names: ['admin'] });
  });

  it('asks for each action on the pool, and a refusal has no effect', async () => {
    denied = ['cognito-idp:AdminCreateUser'];
    await expect(create('a@tiendo.test')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(asked).toEqual([`cognito-idp:AdminCreateUser ${userPool.arn}`]);
    expect(accounts.find('a@tiendo.test')).toBeUndefined();
  });
});

describe('making an account', () => {
  const make = (role: 'province' | 'admin', unit?: string) =>
    createAccount(
      { email: 'a@tiendo.test', role, ...(unit === undefined ? {} : { unit }) },
      { client, userPoolId: userPool.id },
    );

  it('puts it into the groups of its role and unit', async () => {
    expect(await make('province', '74')).toBe('created');
    expect(accounts.find('a@tiendo.test')?.groups).toEqual(['province', 'unit-74']);
  });

  it('changes nothing the second time', async () => {
    await make('province', '74');
    const before = accounts.all();
    expect(await make('province', '74')).toBe('existing');
    expect(accounts.all()).toEqual(before);
  });

  it.each([[[]], [['province']], [['unit-74']]])(
    'completes what a broken run left with the groups %o',
    async (groups) => {
      await create('a@tiendo.test');
      for (const group of groups) await add('a@tiendo.test', group);
      expect(await make('province', '74')).toBe('existing');
      expect(accounts.find('a@tiendo.test')?.groups).toEqual(['province', 'unit-74']);
    },
  );

  it.each<['province' | 'admin', string | undefined]>([
    ['province', '79'],
    ['admin', undefined],
  ])('refuses an address that has other groups than those of %s %s, and adds none', async (role, unit) => {
    await make('province', '74');
    await expect(make(role, unit)).rejects.toMatchObject({
      problem: { status: 409, code: 'account-exists' },
    });
    expect(accounts.find('a@tiendo.test')?.groups).toEqual(['province', 'unit-74']);
  });

  it('asks for nothing beyond what the function is allowed', async () => {
    await make('province', '74');
    await make('province', '74');
    expect([...new Set(asked.map((text) => text.split(' ')[0]))]).toEqual([
      'cognito-idp:AdminCreateUser',
      'cognito-idp:AdminAddUserToGroup',
      'cognito-idp:AdminListGroupsForUser',
    ]);
  });
});
