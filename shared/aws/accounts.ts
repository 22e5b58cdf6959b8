import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Account } from '../domain/api-requests.ts';
import { ProblemError } from '../domain/problem.ts';
import { requireEnvironment } from './environment.ts';

/** The user pool accounts are made in, and the client to reach it with. */
export interface AccountPool {
  client: CognitoIdentityProviderClient;
  userPoolId: string;
}

/** A pool by its id, reached with the credentials of the environment. */
export function accountPool(userPoolId: string): AccountPool {
  return { client: new CognitoIdentityProviderClient({}), userPoolId };
}

/** The groups that say what an account is: `['province', 'unit-74']`, `['admin']`. */
export function groupsOf({ role, unit }: Pick<Account, 'role' | 'unit'>): string[] {
  return unit === undefined ? [role] : [role, `unit-${unit}`];
}

/**
 * Makes an account and puts it into the groups of its role and unit; Cognito mails the person a temporary
 * password. Repeatable: an account that has the same groups already is `existing`, one a broken run left with
 * some of them is completed. The pool is the function's own (`USER_POOL_ID`) unless one is given.
 *
 * @throws ProblemError 409 `account-exists` when the address has an account with other groups.
 */
export async function createAccount(
  account: Account,
  { client, userPoolId }: AccountPool = ownPool(),
): Promise<'created' | 'existing'> {
  const user = { UserPoolId: userPoolId, Username: account.email };
  const wanted = groupsOf(account);
  const isNew = await createUser({ client, userPoolId }, account.email);
  const present = isNew ? [] : await listGroups({ client, userPoolId }, account.email);
  if (present.some((group) => !wanted.includes(group))) throw accountExists(account.email);
  for (const group of wanted.filter((group) => !present.includes(group))) {
    await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: group }));
  }
  return isNew ? 'created' : 'existing';
}

/**
 * The subject of the account somebody signs in with, by its e-mail address or by the subject itself; `undefined`
 * when there is no such account.
 */
export async function findSubject(
  emailOrSubject: string,
  { client, userPoolId }: AccountPool = ownPool(),
): Promise<string | undefined> {
  try {
    const { UserAttributes = [] } = await client.send(
      new AdminGetUserCommand({ UserPoolId: userPoolId, Username: emailOrSubject }),
    );
    return UserAttributes.find(({ Name }) => Name === 'sub')?.Value;
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}

let pool: AccountPool | undefined;

function ownPool(): AccountPool {
  pool ??= accountPool(requireEnvironment('USER_POOL_ID'));
  return pool;
}

/** Whether the user is new; false when the address is taken. */
async function createUser({ client, userPoolId }: AccountPool, email: string): Promise<boolean> {
  try {
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        UserAttributes: [
          { Name: 'email', Value: email },
          // The admin vouches for the address: without this no password could be reset by mail.
          { Name: 'email_verified', Value: 'true' },
        ],
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof UsernameExistsException) return false;
    throw error;
  }
}

/** A user of ours has two groups at most, so the first page holds them all. */
async function listGroups({ client, userPoolId }: AccountPool, email: string): Promise<string[]> {
  const { Groups = [] } = await client.send(
    new AdminListGroupsForUserCommand({ UserPoolId: userPoolId, Username: email }),
  );
  return Groups.flatMap(({ GroupName }) => (GroupName === undefined ? [] : [GroupName]));
}

function accountExists(email: string): ProblemError {
  return new ProblemError(409, 'account-exists', `The account ${email} exists with another role`, {
    vi: `Địa chỉ ${email} đã có tài khoản với vai trò hoặc đơn vị khác. Hãy dùng địa chỉ khác, hoặc đổi nhóm của tài khoản trong Cognito.`,
    en: `The address ${email} has an account with another role or unit. Use another address, or change the account's groups in Cognito.`,
  });
}
