import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AwsCall, AwsError, type AwsResponse, type AwsService } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import { jsonResponse, readJsonCall } from '../json-protocol.ts';
import type { AccountStore, PoolAccount } from './accounts.ts';

export interface CognitoSettings {
  /** The one user pool of the template; `groups` are the names of its groups. */
  userPool: { id: string; arn: string; groups: readonly string[] };
  accounts: AccountStore;
  clock: Pick<Clock, 'now'>;
}

const target = 'AWSCognitoIdentityProviderService';

const attributes = z.array(z.object({ Name: z.string(), Value: z.string().default('') })).default([]);
const userSchema = z.object({ Username: z.string().min(1).max(128) });
const createSchema = userSchema.extend({
  UserAttributes: attributes,
  DesiredDeliveryMediums: z.array(z.enum(['EMAIL', 'SMS'])).default(['SMS']),
  MessageAction: z.enum(['SUPPRESS', 'RESEND']).optional(),
});
const addSchema = userSchema.extend({ GroupName: z.string().min(1) });
const listSchema = z.object({
  Filter: z.string().optional(),
  Limit: z.int().min(1).max(60).default(60),
  PaginationToken: z.string().regex(/^\d+$/).default('0').transform(Number),
});

/**
 * The calls on a user pool that accounts are made with, over the accounts the embedded OpenID provider signs
 * in. The pool is one whose people sign in by e-mail: a user name given is an address, the name kept is the
 * `sub`, and calls take either. No password is made and no mail is sent: signing in needs none here.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
 */
export function createCognito({ userPool, accounts, clock }: CognitoSettings): AwsService {
  const actions: Readonly<Record<string, (body: unknown) => unknown>> = {
    AdminCreateUser(body) {
      const request = createSchema.parse(body);
      const email = request.UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? request.Username;
      if (!z.email().safeParse(request.Username).success) {
        throw new AwsError(400, 'InvalidParameterException', 'Username should be an email.');
      }
      if (email.toLowerCase() !== request.Username.toLowerCase()) {
        throw new AwsError(
          400,
          'InvalidParameterException',
          'User name and e-mail address must be the same here.',
        );
      }
      if (accounts.find(email)) {
        throw new AwsError(400, 'UsernameExistsException', 'An account with the given email already exists.');
      }
      const sub = randomUUID();
      const account: PoolAccount = { sub, username: sub, email, groups: [], createdAt: clock.now() };
      accounts.add(account);
      return { User: { ...describe(account), Attributes: attributesOf(account) } };
    },
    AdminAddUserToGroup(body) {
      const { Username, GroupName } = addSchema.parse(body);
      if (!userPool.groups.includes(GroupName)) {
        throw new AwsError(400, 'ResourceNotFoundException', 'Group not found.');
      }
      accounts.addGroup(findUser(Username).sub, GroupName);
      return {};
    },
    AdminGetUser(body) {
      const account = findUser(userSchema.parse(body).Username);
      return { ...describe(account), UserAttributes: attributesOf(account) };
    },
    AdminListGroupsForUser(body) {
      const { groups } = findUser(userSchema.parse(body).Username);
      return { Groups: groups.map((GroupName) => ({ GroupName, UserPoolId: userPool.id })) };
    },
    ListUsers(body) {
      const { Filter, Limit, PaginationToken } = listSchema.parse(body);
      const matching = accounts.all().filter(filterOf(Filter));
      const end = PaginationToken + Limit;
      return {
        Users: matching
          .slice(PaginationToken, end)
          .map((account) => ({ ...describe(account), Attributes: attributesOf(account) })),
        ...(end < matching.length ? { PaginationToken: String(end) } : {}),
      };
    },
  };

  function findUser(name: string): PoolAccount {
    const account = accounts.find(name);
    if (!account) throw new AwsError(400, 'UserNotFoundException', 'User does not exist.');
    return account;
  }

  async function handle(call: AwsCall): Promise<AwsResponse> {
    const { name, action, input } = await readJsonCall(call, actions, { service: 'user pool', target });
    const { UserPoolId } = z.object({ UserPoolId: z.string() }).parse(input);
    if (UserPoolId !== userPool.id) {
      throw new AwsError(400, 'ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
    }
    call.authorize(`cognito-idp:${name}`, userPool.arn);
    return jsonResponse('1.1', answer(action, input));
  }

  return { name: 'cognito-idp', protocol: 'json', handle };
}

function answer(action: (body: unknown) => unknown, body: unknown): unknown {
  try {
    return action(body);
  } catch (error) {
    if (error instanceof z.ZodError) {
      throw new AwsError(400, 'InvalidParameterException', z.prettifyError(error));
    }
    throw error;
  }
}

function describe({ username, createdAt }: PoolAccount) {
  const seconds = Date.parse(createdAt) / 1000;
  return {
    Username: username,
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
    UserCreateDate: seconds,
    UserLastModifiedDate: seconds,
  };
}

function attributesOf({ sub, email }: PoolAccount) {
  return [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'sub', Value: sub },
  ];
}

/** `email = "a@b"`, `email ^= "a"`, likewise `username` and `sub`. */
function filterOf(filter: string | undefined): (account: PoolAccount) => boolean {
  if (!filter) return () => true;
  const match = /^\s*"?(email|username|sub)"?\s*(\^?=)\s*"([^"]*)"\s*$/.exec(filter);
  const [, name, operator, value = ''] = match ?? [];
  if (name !== 'email' && name !== 'username' && name !== 'sub') {
    throw new AwsError(400, 'InvalidParameterException', `The embedded user pool cannot filter by ${filter}`);
  }
  return operator === '='
    ? (account) => account[name] === value
    : (account) => account[name].startsWith(value);
}
