import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';

/** Sessions of a unit's role: their access key is `unit-<id>`, so that a test can tell whose credentials were used. */
export function fakeUnitSessions(): void {
  const roles = mockClient(STSClient);
  roles.on(AssumeRoleCommand).callsFake(({ RoleSessionName }) => ({
    Credentials: {
      AccessKeyId: RoleSessionName,
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: new Date(0),
    },
  }));
}
