import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/api.ts';
import { pack } from '../../shared/aws/packed-items.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { emptyHead, publish } from '../../shared/domain/head.ts';
import { coordinator } from '../domain/people.ts';
import { context, httpRequest } from './events.ts';
import { fakeBuckets } from './fake-bucket.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const buckets = fakeBuckets();
const roles = mockClient(STSClient);
const id = '01G3ABCDEFGHJKMNPQRSTVWXYZ';
const acceptedAt = '2022-06-20T03:00:00.000Z';
const office = '[province unit-74]';

beforeEach(async () => {
  table.reset();
  buckets.reset();
  roles.reset();
  roles.on(AssumeRoleCommand).callsFake(({ RoleSessionName }) => ({
    Credentials: {
      AccessKeyId: RoleSessionName,
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: new Date(0),
    },
  }));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2022-07-01T01:00:00.000Z') });
  await fill();
  return () => vi.useRealTimers();
});

/** What Bình Dương has: one accepted submission, its report, an alert ledger and a coordinator. */
async function fill(): Promise<void> {
  const sha256 = 'a'.repeat(64);
  const times = { requestedAt: acceptedAt, receivedAt: acceptedAt, acceptedAt };
  const facts = { fileName: 'a.csv', contentType: 'text/csv', bytes: 3, sha256, requestedBy: 'office' };
  table.put(keys.submission('74', id), { id, unit: '74', state: 'accepted', ...facts, ...times });
  const figure = { indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', value: '98.7', areas: 0 };
  const candidate = { id, sha256, receivedAt: acceptedAt, figures: [figure] };
  const head = publish(emptyHead('74', 2022), candidate, acceptedAt);
  await table.putPacked(keys.head('74', 2022), storeHead(head));
  table.put(keys.figures('74', id), { content: await pack({ submission: id, figures: [figure] }) });
  await table.putPacked(keys.alerts('74'), { unit: '74', version: 1, alerts: [] });
  await table.putPacked(keys.registry('74'), {
    unit: '74',
    version: 1,
    coordinators: [coordinator('74')],
    reach: {},
  });
  const file = { sha256, bytes: 3, format: 'csv', encoding: 'utf-8' };
  const counts = { rows: 1, observations: 1, issues: [], issueCounts: { 'column-ignored': 1 } };
  const report = { submission: id, verdict: 'accepted', file, ...counts };
  buckets.put(`reports/74/${id}.json`, JSON.stringify(report), acceptedAt);
}

/** A request; parameters that the path names go into it, the others into the query. */
function get(route: string, groups: string, parameters: Record<string, string> = {}) {
  const path = Object.fromEntries(Object.entries(parameters).filter(([name]) => route.includes(`{${name}}`)));
  const query = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => !route.includes(`{${name}}`)),
  );
  return handler(httpRequest(`GET ${route}`, groups, { path, query }), context);
}
const bodyOf = async (...request: Parameters<typeof get>) => JSON.parse((await get(...request)).body ?? '');

describe('who may read what', () => {
  const others = ['[coordinator]', '[analyst]', '[admin]'];
  it.each<[route: string, parameters: Record<string, string>, groups: string[], status: number]>([
    ['/catalogue', {}, [office, ...others], 200],
    ['/submissions', {}, [office], 200],
    ['/submissions', {}, others, 400],
    ['/submissions', { unit: '74' }, [office, ...others], 200],
    ['/submissions', { unit: '79' }, [office], 403],
    ['/submissions', { unit: '7' }, others, 404],
    ['/submissions/{id}', { id }, [office], 200],
    ['/submissions/{id}', { id, unit: '74' }, [office, ...others], 200],
    ['/submissions/{id}', { id, unit: '79' }, [office], 403],
    ['/submissions/{id}', { id, unit: '79' }, others, 404],
    ['/submissions/{id}/issues', { id }, [office], 200],
    ['/submissions/{id}/issues', { id, unit: '74' }, others, 200],
    ['/submissions/{id}/issues', { id, unit: '79' }, [office], 403],
    ['/submissions/{id}/issues.csv', { id }, [office], 200],
    ['/submissions/{id}/issues.csv', { id, unit: '74' }, others, 200],
    ['/submissions/{id}/issues.csv', { id, unit: '79' }, [office], 403],
    ['/submissions/{id}/issues.csv', { id, unit: '79' }, others, 404],
    ['/submissions/{id}/annotated', { id }, [office], 200],
    ['/submissions/{id}/annotated', { id, unit: '74' }, others, 200],
    ['/submissions/{id}/annotated', { id, unit: '79' }, [office], 403],
    ['/submissions/{id}/annotated', { id, unit: '79' }, others, 404],
    ['/submissions/{id}/file', { id }, [office], 200],
    ['/submissions/{id}/file', { id, unit: '74' }, others, 200],
    ['/submissions/{id}/file', { id, unit: '79' }, [office], 403],
    ['/submissions/{id}/file', { id, unit: '79' }, others, 404],
    ['/units/{unit}', { unit: '74' }, [office, ...others], 200],
    ['/units/{unit}', { unit: '79' }, [office], 403],
    ['/units/{unit}', { unit: '79' }, others, 200],
    ['/units/{unit}', { unit: '7' }, others, 404],
    ['/units/{unit}', { unit: '7' }, [office], 403],
    ['/scoreboard', {}, others, 200],
    ['/scoreboard', {}, [office], 403],
    ['/alerts', {}, [office, ...others], 200],
    ['/alerts', { unit: '74' }, [office, ...others], 200],
    ['/alerts', { unit: '79' }, [office], 403],
    ['/units/{unit}/coordinators', { unit: '74' }, [office, '[coordinator]', '[admin]'], 200],
    ['/units/{unit}/coordinators', { unit: '74' }, ['[analyst]'], 403],
    ['/units/{unit}/coordinators', { unit: '79' }, [office], 403],
    ['/coordinators', {}, ['[coordinator]', '[admin]'], 200],
    ['/coordinators', {}, [office, '[analyst]'], 403],
  ])('GET %s %j, asked by %j: %i', async (route, parameters, viewers, status) => {
    for (const groups of viewers) {
      expect([groups, (await get(route, groups, parameters)).statusCode]).toEqual([groups, status]);
    }
  });

  it.each(['/submissions', '/units/{unit}', '/alerts', '/units/{unit}/coordinators'])(
    'a refused request for another unit reads nothing: GET %s',
    async (route) => {
      expect((await get(route, office, { unit: '79' })).statusCode).toBe(403);
      expect([...table.mock.calls(), ...buckets.mock.calls()]).toEqual([]);
    },
  );
});

it('lists the coordinators of all units, each with how their addresses stand now', async () => {
  const at = acceptedAt;
  const addresses = [
    {
      channel: 'email',
      address: 'old',
      topic: 't',
      log: [
        { at, status: 'live' },
        { at, status: 'unused' },
      ],
    },
    { channel: 'email', address: 'new', topic: 't', log: [{ at, status: 'pending' }] },
    {
      channel: 'sms',
      address: 'number',
      log: [
        { at, status: 'live' },
        { at, status: 'gone' },
      ],
    },
  ];
  const [first, second] = [coordinator('01'), coordinator('74')];
  await table.putPacked(keys.registry('01'), { unit: '01', version: 1, coordinators: [first], reach: {} });
  const reach = { [second.id]: addresses, left: addresses };
  await table.putPacked(keys.registry('74'), { unit: '74', version: 2, coordinators: [second], reach });
  expect(await bodyOf('/coordinators', '[coordinator]')).toEqual({
    coordinators: [
      { ...first, reach: {} },
      { ...second, reach: { email: 'pending', sms: 'gone' } },
    ],
  });
});

describe('the credentials it reads with', () => {
  const routes: [string, Record<string, string>][] = [
    ['/submissions', {}],
    ['/submissions/{id}', { id }],
    ['/submissions/{id}/issues', { id }],
    ['/submissions/{id}/issues.csv', { id }],
    ['/submissions/{id}/annotated', { id }],
    ['/submissions/{id}/file', { id }],
    ['/units/{unit}', { unit: '74' }],
    ['/alerts', {}],
    ['/units/{unit}/coordinators', { unit: '74' }],
  ];
  const used = async () => {
    const calls = [...table.mock.calls(), ...buckets.mock.calls()];
    const keysUsed = calls.map(async ({ thisValue }) => (await thisValue.config.credentials()).accessKeyId);
    return new Set(await Promise.all(keysUsed));
  };

  it.each(routes)("for a province are its unit's, never its own: GET %s", async (route, parameters) => {
    expect((await get(route, office, parameters)).statusCode).toBe(200);
    expect(await used()).toEqual(new Set(['unit-74']));
  });

  it.each(routes)('for the others are its own: GET %s', async (route, parameters) => {
    expect((await get(route, '[admin]', { unit: '74', ...parameters })).statusCode).toBe(200);
    expect(await used()).toEqual(new Set(['test']));
  });
});

describe('the files beside a report', () => {
  const routeOf = { 'issues.csv': '/submissions/{id}/issues.csv', annotated: '/submissions/{id}/annotated' };

  it.each([
    ['issues.csv', 'a-tiendo-danh-sach-loi.csv', `/reports/74/${id}.issues.csv`],
    ['annotated', 'a-tiendo-loi.csv', `/reports/74/${id}.annotated.csv`],
  ] as const)('%s is offered for five minutes under a name of its own', async (kind, fileName, path) => {
    const answer = await bodyOf(routeOf[kind], office, { id });
    expect(answer).toMatchObject({ fileName, expiresAt: '2022-07-01T01:05:00.000Z' });
    const { hostname, pathname, searchParams } = new URL(answer.url);
    expect(`/${hostname.split('.')[0]}${pathname}`).toBe(path);
    expect(searchParams.get('X-Amz-Expires')).toBe('300');
    expect(searchParams.get('response-content-disposition')).toContain(`filename="${fileName}"`);
  });

  it.each<[string, keyof typeof routeOf, object, object, number]>([
    ['nothing was found', 'issues.csv', {}, { issueCounts: {} }, 404],
    ['nothing was found', 'annotated', {}, { issueCounts: {} }, 404],
    ['the rows could not be told apart', 'issues.csv', {}, { format: 'unknown' }, 200],
    ['the rows could not be told apart', 'annotated', {}, { format: 'unknown' }, 404],
    ['it is being checked', 'issues.csv', { state: 'checking' }, {}, 404],
    ['it failed', 'annotated', { state: 'failed' }, {}, 404],
  ])('when %s: GET …/%s', async (_, kind, submission, found, status) => {
    table.put(keys.submission('74', id), { ...table.item(keys.submission('74', id)), ...submission });
    const report = buckets.json(`reports/74/${id}.json`);
    const format = 'format' in found ? found.format : report.file.format;
    const issueCounts = 'issueCounts' in found ? found.issueCounts : report.issueCounts;
    const changed = { ...report, issueCounts, file: { ...report.file, format } };
    buckets.put(`reports/74/${id}.json`, JSON.stringify(changed), acceptedAt);
    const { statusCode, body } = await get(routeOf[kind], office, { id });
    expect(statusCode).toBe(status);
    if (status === 404) expect(JSON.parse(body ?? '')).toMatchObject({ code: 'report-file-missing' });
  });
});

describe('the file that was sent', () => {
  it.each([
    ['báo cáo 5.csv', 'text/csv', 'báo cáo 5.csv', 'bao cao 5.csv'],
    ['số liệu.json', 'application/json', 'số liệu.json', 'so lieu.json'],
    ['báo cáo.xlsx', 'text/csv', 'báo cáo.xlsx.csv', 'bao cao.xlsx.csv'],
    ['../a"b\r\n\u202e.exe', 'text/csv', 'ab.exe.csv', 'ab.exe.csv'],
  ])(
    '%j, announced as %s, is offered as it was sent under the name %s',
    async (sent, contentType, name, plain) => {
      table.put(keys.submission('74', id), {
        ...table.item(keys.submission('74', id)),
        fileName: sent,
        contentType,
      });
      const answer = await bodyOf('/submissions/{id}/file', office, { id });
      expect(answer).toMatchObject({ fileName: name, expiresAt: '2022-07-01T01:05:00.000Z' });
      const { hostname, pathname, searchParams } = new URL(answer.url);
      expect(`/${hostname.split('.')[0]}${pathname}`).toBe(`/uploads/74/${id}`);
      expect(searchParams.get('X-Amz-Expires')).toBe('300');
      expect(searchParams.get('response-content-disposition')).toContain(`attachment; filename="${plain}"`);
    },
  );

  it.each([
    ['received', { state: 'received' }, 200],
    ['failed', { state: 'failed' }, 200],
    ['requested', { state: 'requested', receivedAt: undefined }, 404],
    ['expired', { state: 'expired', receivedAt: undefined }, 404],
  ])('of a submission that is %s: %j gives %i', async (_, submission, status) => {
    table.put(keys.submission('74', id), { ...table.item(keys.submission('74', id)), ...submission });
    const { statusCode, body } = await get('/submissions/{id}/file', office, { id });
    expect(statusCode).toBe(status);
    if (status === 404) expect(JSON.parse(body ?? '')).toMatchObject({ code: 'upload-missing' });
  });
});

describe('what it answers', () => {
  it.each([
    ['2022-06-30', 'at-risk'],
    ['2022-06-30T23:59:59.999+07:00', 'at-risk'],
    ['2022-07-01T00:00:00+07:00', 'overdue'],
    [undefined, 'overdue'],
    ['2022-06-19', 'at-risk'],
  ])('as of %s: %s', async (asOf, state) => {
    const { assessments } = await bodyOf('/units/{unit}', office, { unit: '74', ...(asOf && { asOf }) });
    const found = assessments.find((each: { obligation: string }) => each.obligation === '74:II.9.1');
    // On 19 June nothing was accepted yet.
    expect(found).toMatchObject({ state, value: asOf === '2022-06-19' ? null : '98.70' });
  });

  it.each(['30/06/2022', '2022-02-30', 'yesterday'])('refuses an asOf such as %s', async (asOf) => {
    expect((await get('/units/{unit}', office, { unit: '74', asOf })).statusCode).toBe(400);
  });

  it('is every unit on the scoreboard, whether or not it ever sent anything', async () => {
    const { obligations } = await bodyOf('/scoreboard', '[analyst]', { asOf: '2022-07-01' });
    const units = new Set(obligations.map(({ unit }: { unit: string }) => unit));
    expect(units).toEqual(new Set(loadCatalogue().units.map((unit) => unit.id)));
  });

  it.each([
    ['2022-06-19', { expected: 2, received: 0, onTime: 0, reported: 0 }],
    ['2022-06-25', { expected: 2, received: 1, onTime: 0, reported: 1 }],
    ['2022-06-25T17:00:00.000Z', { expected: 3, received: 1, onTime: 0, reported: 1 }],
  ])('is how everybody had reported as of %s on the scoreboard', async (asOf, counts) => {
    const { reporting } = await bodyOf('/scoreboard', '[analyst]', { asOf });
    const of = (rows: { unit: string }[], wanted: string) => rows.find(({ unit }) => unit === wanted);
    expect(of(reporting.units, '74')).toEqual({ unit: '74', ...counts, assigned: 18 });
    expect(reporting.units).toHaveLength(93);
    expect(reporting.nation).toMatchObject({ ...counts, expected: 93 * counts.expected });
    const { received, onTime, reported } = counts;
    expect(of(reporting.bodies, 'BTTTT')).toMatchObject({ received, onTime, reported });
  });

  it.each([
    ['2022-06-10T02:59:59.999Z', null, 'unscheduled'],
    ['2022-06-10T03:00:00.000Z', '2022-06-20', 'at-risk'],
    ['2022-06-21', '2022-06-20', 'overdue'],
    [undefined, '2022-09-30', 'awaited'],
  ])('is as of %s the due date a coordinator had set by then: %j', async (asOf, due, state) => {
    const set = { obligation: '74:II.9.1', by: 'subject', unit: 'BTTTT', reason: 'Kế hoạch số 12' };
    const obligation = 'BTP:I.4.1';
    const dueDates = [
      { ...set, obligation, due: '2022-06-20', at: '2022-06-10T03:00:00.000Z' },
      { ...set, obligation, due: '2022-09-30', at: '2022-06-25T03:00:00.000Z' },
    ];
    await table.putPacked(keys.dueDates('BTP'), { unit: 'BTP', version: 2, dueDates });
    const asked = { unit: 'BTP', ...(asOf && { asOf }) };
    const { assessments } = await bodyOf('/units/{unit}', '[analyst]', asked);
    const { obligations } = await bodyOf('/scoreboard', '[analyst]', asOf ? { asOf } : {});
    for (const answer of [assessments, obligations])
      expect(answer.find((each: { obligation: string }) => each.obligation === obligation)).toMatchObject({
        due,
        state,
      });
  });

  it('has the issues of a submission once it has its outcome, and none before', async () => {
    const issues = await bodyOf('/submissions/{id}/issues', office, { id });
    expect(issues).toEqual({
      id,
      state: 'accepted',
      file: { sha256: expect.any(String), bytes: 3, format: 'csv', encoding: 'utf-8' },
      issues: [],
      issueCounts: { 'column-ignored': 1 },
    });
    table.put(keys.submission('74', id), { ...table.item(keys.submission('74', id)), state: 'checking' });
    expect(await bodyOf('/submissions/{id}/issues', office, { id })).toEqual({
      id,
      state: 'checking',
      issues: [],
      issueCounts: {},
    });
  });

  it('shows nothing of how a submission is stored', async () => {
    const item = {
      ...table.item(keys.submission('74', id)),
      openPk: '74#OPEN',
      openSk: id,
      handledAt: acceptedAt,
    };
    table.put(keys.submission('74', id), item);
    const submission = await bodyOf('/submissions/{id}', office, { id });
    for (const name of ['pk', 'sk', 'openPk', 'openSk', 'handledAt'])
      expect(submission).not.toHaveProperty(name);
  });
});
