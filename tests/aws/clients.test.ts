import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { ownClients, unitClients } from '../../shared/aws/clients.ts';

const mock = mockClient(STSClient);
const role = 'arn:aws:iam::000000000000:role/ingest-unit';
const minuteMs = 60_000;

beforeEach(() => {
  mock.reset();
  mock.on(AssumeRoleCommand).resolves({
    Credentials: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date(0) },
  });
});

it('assumes the role with the unit as session tag', async () => {
  await unitClients(role, '01', 0);
  expect(mock.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toEqual({
    RoleArn: role,
    RoleSessionName: 'unit-01',
    DurationSeconds: 3600,
    Tags: [{ Key: 'unit', Value: '01' }],
  });
});

it('keeps the sessions of two units apart', async () => {
  expect(await unitClients(role, '02', 0)).not.toBe(await unitClients(role, '03', 0));
});

it('uses one set of connections for all of them', async () => {
  const [own, one, other] = [
    ownClients(),
    await unitClients(role, '05', 0),
    await unitClients(role, '06', 0),
  ];
  const handlers = [own, one, other].flatMap(({ documents, objects }) => [
    documents.config.requestHandler,
    objects.config.requestHandler,
  ]);
  expect(new Set(handlers).size).toBe(1);
});

it.each([
  [45 * minuteMs - 1, 1],
  [45 * minuteMs, 2],
])(
  'after %i ms has assumed the role %i times, so that a URL outlives its five minutes',
  async (laterMs, times) => {
    const unit = `renew-${laterMs}`;
    await unitClients(role, unit, 0);
    await unitClients(role, unit, laterMs);
    expect(mock.commandCalls(AssumeRoleCommand)).toHaveLength(times);
  },
);

it('tries anew after a refusal', async () => {
  mock.on(AssumeRoleCommand).rejectsOnce(new Error('busy'));
  await expect(unitClients(role, '04', 0)).rejects.toThrow('busy');
  mock.on(AssumeRoleCommand).resolves({
    Credentials: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date(0) },
  });
  await expect(unitClients(role, '04', 0)).resolves.toHaveProperty('documents');
});
