import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ackCommand } from '../../cli/commands/ack.ts';
import { alertsCommand } from '../../cli/commands/alerts.ts';
import { dueCommand } from '../../cli/commands/due.ts';
import { silenceCommand } from '../../cli/commands/silence.ts';
import type { Machine } from '../../cli/session.ts';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { type CommandRun, runCommand } from '../cli/run-command.ts';
import { registerCoordinator } from '../harness/register-coordinator.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

const missed = 'deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z';
const planned = 'BCA:I.2.1';

let cloud: Cloud;
let dataDirectory: string;
/** What was answered, and as of when, to be asked for again at the end. */
const answers: { asOf: string; alerts: unknown }[] = [];

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-acts-'));
  const templateDirectory = await synthesizeSmall({}, ['BCA', 'I.2']);
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-06-28T01:00:00.000Z' });
  await registerCoordinator(cloud, 'BTTTT', 'coordinator', ['I.2', '01']);
  await registerCoordinator(cloud, 'VPCP', 'coordinator-vpcp');
  await cloud.moveTo('2022-07-01T02:00:00.000Z');
  await cloud.idle();
});

afterAll(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

/** Runs a command as one of the sample accounts. */
async function run(
  command: (machine: Machine) => Command,
  account: string,
  ...args: string[]
): Promise<CommandRun> {
  const environment = { XDG_CONFIG_HOME: dataDirectory, TIENDO_TOKEN: await cloud.issueToken(account) };
  const machine = { environment, workingDirectory: dataDirectory, nowMs: Date.now };
  const ran = await runCommand(command(machine), [...args, '--api', cloud.apiUrl]);
  await cloud.idle();
  return ran;
}
const acknowledge = (account: string, until: string, alert = missed) =>
  run(ackCommand, account, alert, '--comment', 'đang rà soát', '--until', until);

async function stateOf(alert: string): Promise<string | undefined> {
  const { body } = await callRoute(apiAs(cloud, 'analyst'), 'GET /alerts', { query: { unit: '74' } });
  const { body: ofAll } = await callRoute(apiAs(cloud, 'analyst'), 'GET /alerts', {});
  answers.push({ asOf: ofAll.asOf, alerts: ofAll.alerts });
  return body.alerts.find(({ id }) => id === alert)?.state;
}

describe('an alert', () => {
  it('is listed with its id', async () => {
    const { out } = await run(alertsCommand, '74');
    expect(out).toMatch(/quá hạn +II\.9\.1 +30\/06\/2022 +01\/07\/2022 +đang mở /);
    expect(out).toContain(missed);
    expect((await run(alertsCommand, 'analyst')).out).toMatch(/^Mọi đơn vị · all units: \d+ đang mở · open,/);
  });

  it.each([
    ['01', '2022-07-02', 3, /chỉ được xem đơn vị của mình/],
    ['coordinator', '2022-07-02', 3, /không thuộc phạm vi của bạn/],
    ['analyst', '2022-07-02', 3, /không được làm việc này/],
    ['74', '2022-07-16', 2, /không quá 14 ngày: từ 2022-07-01 đến 2022-07-15/],
    ['74', '2022-06-30', 2, /từ hôm nay/],
    ['74', 'mai', 2, /Không phải ngày/],
  ])('is not acknowledged by %s until %s', async (account, until, exitCode, complaint) => {
    const ran = await acknowledge(account, until);
    expect(ran).toMatchObject({ out: '', exitCode });
    expect(ran.err).toMatch(complaint);
    expect(await stateOf(missed)).toBe('open');
  });

  it('is not acknowledged by a coordinator whom nobody registered, who is told whom to ask', async () => {
    await registerCoordinator(cloud, 'BTTTT', 'coordinator-bca', ['I.2', '01']);
    expect((await acknowledge('coordinator', '2022-07-02')).err).toMatch(/Hãy nhờ quản trị viên/);
    await registerCoordinator(cloud, 'BTTTT', 'coordinator', ['I.2', '01']);
  });

  it.each(['deadline-missed|74:II.9.1|2022', `${missed}#missed`, '74/II.9?x=%', 'a b'])(
    'is none by the id %j, however odd on its way through an address',
    async (id) => {
      expect((await acknowledge('74', '2022-07-02', id)).err).toContain(`Không có cảnh báo «${id}»`);
    },
  );

  it('is acknowledged by its unit until the end of the last possible day, then by a level above', async () => {
    await cloud.moveTo('2022-07-01T03:00:00.000Z');
    const ran = await acknowledge('74', '2022-07-15');
    expect(ran).toMatchObject({ err: '', exitCode: 0 });
    expect(ran.out).toContain('Đã ghi nhận đến hết 15/07/2022 · acknowledged');
    expect(await stateOf(missed)).toBe('acknowledged');
    await cloud.moveTo('2022-07-02T02:00:00.000Z');
    await acknowledge('coordinator-vpcp', '2022-07-04');
    const { body } = await callRoute(apiAs(cloud, '74'), 'GET /alerts/{id}', { params: { id: missed } });
    expect(body.acknowledgements.map(({ unit, standing }) => [unit, standing])).toEqual([
      ['74', 'unit'],
      ['VPCP', 'top'],
    ]);
    expect(body.acknowledgement).toMatchObject({ unit: 'VPCP', until: '2022-07-04T16:59:59.999Z' });
  });

  it('is open again when that has lapsed', async () => {
    expect(await stateOf(missed)).toBe('acknowledged');
    await cloud.moveTo('2022-07-15T16:59:59.999Z');
    expect(await stateOf(missed)).toBe('open');
  });
});

describe('a silence', () => {
  const ofUnit = ['--unit', '01', '--until', '2022-08-01', '--reason', 'bão lũ'];

  it('is begun, listed and ended', async () => {
    const begun = await run(silenceCommand, 'coordinator', ...ofUnit);
    expect(begun.out).toMatch(/^Đã tạm ngưng đến 23:59:59 01\/08\/2022 · silenced: đơn vị 01\n/);
    const [id = ''] = /[0-9A-Z]{26}/.exec(begun.out) ?? [];
    expect((await run(silenceCommand, 'analyst', 'list')).out).toMatch(/đang có hiệu lực +đơn vị 01 /);
    expect((await run(silenceCommand, 'coordinator-vpcp', 'end', id)).out).toMatch(
      /^Đã kết thúc lúc .*đơn vị 01/,
    );
    const { out } = await run(silenceCommand, 'admin', 'list', '--json');
    expect(JSON.parse(out).silences).toMatchObject([{ id, isInForce: false, reason: 'bão lũ' }]);
  });

  it.each([
    ['74', ofUnit, 3, /không được làm việc này/],
    ['coordinator', ofUnit.with(1, '74'), 3, /không thuộc phạm vi/],
    ['coordinator', ofUnit.with(1, '7'), 2, /không có mã đơn vị/i],
    ['coordinator', ofUnit.with(3, '2022-12-31'), 2, /không quá 90 ngày/],
    ['coordinator', ofUnit.with(3, 'mai'), 2, /Không phải ngày/],
    ['coordinator', ofUnit.slice(2), 2, /đúng một trong/],
    ['coordinator', [...ofUnit, '--task', 'II.9'], 2, /đúng một trong/],
    ['coordinator', ofUnit.slice(0, 4), 2, /--reason/],
  ])('is refused to %s with %j', async (account, args, exitCode, complaint) => {
    const ran = await run(silenceCommand, account, ...args);
    expect(ran).toMatchObject({ out: '', exitCode });
    expect(ran.err).toMatch(complaint);
  });
});

describe('a due date by plan', () => {
  const dueOf = async (asOf?: string) => {
    const inputs = { params: { unit: 'BCA' }, query: { asOf } };
    const { body } = await callRoute(apiAs(cloud, 'analyst'), 'GET /units/{unit}', inputs);
    return body.assessments.find(({ obligation }) => obligation === planned)?.due;
  };
  const dueAlerts = async () => {
    const { body } = await callRoute(apiAs(cloud, 'BCA'), 'GET /alerts', {});
    return body.alerts.filter(({ subject }) => subject === planned).map(({ kind, due }) => [kind, due]);
  };

  it('is none before somebody sets it', async () => {
    await cloud.moveTo('2022-07-16T02:00:00.000Z');
    expect((await run(dueCommand, 'BCA', planned)).out).toBe(`${planned}: chưa có thời hạn · no due date\n`);
    expect([await dueOf(), await dueAlerts()]).toEqual([null, []]);
  });

  it('is set by a coordinator of the task, and alerts follow at once', async () => {
    const { out } = await run(dueCommand, 'coordinator', planned, '2022-07-10', '--reason', 'QĐ 12');
    expect(out).toMatch(
      /^BCA:I\.2\.1: thời hạn · due 10\/07\/2022\n[\s\S]* 10\/07\/2022 +Bộ Thông tin.* QĐ 12\n$/,
    );
    expect(await dueOf()).toBe('2022-07-10');
    expect(await dueAlerts()).toEqual([['deadline-missed', '2022-07-10']]);
  });

  it('leaves past days as they were known', async () => {
    expect(await dueOf('2022-07-15')).toBeNull();
  });

  it('can be withdrawn, and the history stays', async () => {
    await cloud.moveTo('2022-07-17T02:00:00.000Z');
    await run(dueCommand, 'coordinator-vpcp', planned, 'none', '--reason', 'hoãn');
    expect(await dueOf()).toBeNull();
    expect(await dueOf('2022-07-16')).toBe('2022-07-10');
    const { out } = await run(dueCommand, 'analyst', planned, '--json');
    expect(JSON.parse(out)).toMatchObject({
      due: null,
      dueDates: [
        { due: '2022-07-10', unit: 'BTTTT', reason: 'QĐ 12' },
        { due: null, unit: 'VPCP', reason: 'hoãn' },
      ],
    });
  });

  it.each([
    ['BCA', [planned, '2022-08-01', '--reason', 'x'], 3, /không được làm việc này/],
    ['coordinator', ['74:II.9.1', '2022-08-01', '--reason', 'x'], 2, /do Chỉ thị quy định.*tiendo catalogue/],
    ['coordinator', [planned, '2022-08-01'], 2, /--reason/],
    ['coordinator', [planned, '--reason', 'x'], 2, /ngày đến hạn/],
    ['coordinator', [planned, '2022-02-30', '--reason', 'x'], 2, /Không phải ngày/],
  ])('is refused to %s with %j', async (account, args, exitCode, complaint) => {
    const ran = await run(dueCommand, account, ...args);
    expect(ran).toMatchObject({ out: '', exitCode });
    expect(ran.err).toMatch(complaint);
  });
});

it('what was answered on a past day is answered again', async () => {
  await cloud.moveTo('2022-07-18T02:00:00.000Z');
  expect(answers.length).toBeGreaterThan(5);
  for (const { asOf, alerts } of answers) {
    const { body } = await callRoute(apiAs(cloud, 'analyst'), 'GET /alerts', { query: { asOf } });
    expect(body.alerts).toEqual(alerts);
  }
});
