import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type SynthesizedTemplate, say, synthesizeTemplates } from './synthesized.ts';

// A synthesis takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const gatewayUrl = 'https://sms.example.vn/v1/messages';

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Action: z.union([z.string(), z.array(z.string())]),
      Resource: z.unknown(),
    }),
  ),
});

function environmentOf({ Resources }: SynthesizedTemplate): Record<string, unknown> {
  const properties = Resources.NotifyFunction?.Properties;
  return z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(properties?.Environment).Variables;
}

/** What `notify` may publish to. */
function publishingOf({ Resources }: SynthesizedTemplate): string[] {
  return policySchema
    .parse(Resources.NotifyPolicy?.Properties.PolicyDocument)
    .Statement.filter(({ Action }) => [Action].flat().includes('sns:Publish'))
    .flatMap(({ Resource }) => [Resource].flat().map(say));
}

describe('text messages', () => {
  it('go through SNS unless told otherwise, 5,000 parts a month', () => {
    const { pipeline } = synthesizeTemplates();
    const environment = environmentOf(pipeline);
    expect(environment.SMS_MONTHLY_PARTS).toBe('5000');
    expect(Object.keys(environment).filter((name) => name.startsWith('SMS_GATEWAY'))).toEqual([]);
    expect(publishingOf(pipeline)).toEqual(['*']);
    expect(JSON.stringify(pipeline)).not.toContain('secretsmanager');
  });

  it('go through a gateway where one is named, and notify may then publish to topics alone', () => {
    const { data, pipeline } = synthesizeTemplates({ smsGatewayUrl: gatewayUrl, smsMonthlyParts: '800' });
    expect(environmentOf(pipeline)).toMatchObject({
      SMS_MONTHLY_PARTS: '800',
      SMS_GATEWAY_URL: gatewayUrl,
      SMS_GATEWAY_TOKEN: '{{resolve:secretsmanager:tiendo/sms-gateway}}',
    });
    const publishing = publishingOf(pipeline);
    expect(publishing).not.toEqual([]);
    expect(publishing.filter((id) => data.Resources[id]?.Type !== 'AWS::SNS::Topic')).toEqual([]);
  });

  it.each([
    { smsGatewayUrl: 'http://sms.example.vn' },
    { smsMonthlyParts: 'many' },
    { smsMonthlyParts: '7501' },
  ])('stop the synthesis with %j', (settings) => {
    expect(() => synthesizeTemplates(settings)).toThrow(/https:\/\/|monthly budget/);
  });
});
