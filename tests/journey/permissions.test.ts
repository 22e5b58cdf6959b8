import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { playScenario, scenarioStartsAt } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

let assembly: string;
const directories: string[] = [];

beforeAll(async () => {
  assembly = await synthesizeSmall();
});

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tiendo-permissions-'));
  directories.push(directory);
  return directory;
}

/** A copy of the assembly whose pipeline template was edited as text, as a change of `infra/` would. */
function edited(edit: (template: string) => string): string {
  const directory = temporary();
  cpSync(assembly, directory, { recursive: true });
  const path = join(directory, 'TiendoPipeline.template.json');
  const template = readFileSync(path, 'utf8');
  const changed = edit(template);
  expect(changed).not.toBe(template);
  writeFileSync(path, changed);
  return directory;
}

const open = (templateDirectory: string) =>
  startCloud({ templateDirectory, dataDirectory: temporary(), startAt: scenarioStartsAt });

describe('a permission taken from a role', () => {
  it.each([
    [
      'events:PutEvents',
      'events:ListRules',
      'ingest',
      /events:PutEvents.*arn:aws:events:.*event-bus\/default/,
    ],
    ['dynamodb:Scan', 'dynamodb:DescribeTable', 'sweep', /dynamodb:Scan.*index\/open/],
    ['sns:Publish', 'sns:GetTopicAttributes', 'notify', /sns:Publish/],
  ])(
    '%s stops the run, naming function, action and resource',
    async (action, other, functionName, denial) => {
      const cloud = await open(edited((template) => template.replaceAll(`"${action}"`, `"${other}"`)));
      try {
        const run = playScenario(cloud);
        await expect(run).rejects.toThrow(denial);
        await expect(run).rejects.toThrow(functionName);
      } finally {
        await cloud.close();
      }
    },
  );
});

it('does not start from a template with a type of resource it does not know', async () => {
  const unknown = edited((text) => {
    const template = JSON.parse(text);
    template.Resources.Cache = { Type: 'AWS::ElastiCache::ServerlessCache', Properties: {} };
    return JSON.stringify(template);
  });
  await expect(open(unknown)).rejects.toThrow(
    /AWS::ElastiCache::ServerlessCache.*Cache|Cache.*AWS::ElastiCache::ServerlessCache/,
  );
});
