import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { httpHandler } from '../../shared/aws/http-handler.ts';
import { unitForbidden } from '../../shared/domain/problem.ts';

const context = { functionName: 'request-upload', awsRequestId: '1' } as Context;
const body = { fileName: 'a.csv', contentType: 'text/csv', bytes: 3, sha256: 'a'.repeat(64) };

function request(claims: Record<string, string>, requestBody: string = JSON.stringify(body)) {
  return {
    routeKey: 'POST /submissions',
    pathParameters: {},
    queryStringParameters: {},
    body: requestBody,
    isBase64Encoded: false,
    requestContext: { authorizer: { jwt: { claims } } },
  } as unknown as APIGatewayProxyEventV2WithJWTAuthorizer;
}

const token = (groups: string, use = 'access') => ({
  sub: 'office',
  token_use: use,
  'cognito:groups': groups,
});
const notAsked = { 'POST /submissions?dryRun': () => Promise.reject(new Error('not asked')) };
/** Answers the unit it was asked for. */
const echo = httpHandler<'request-upload'>({
  ...notAsked,
  'POST /submissions': async ({ viewer }) => {
    const upload = { method: 'PUT', url: '', headers: {}, expiresAt: '' } as const;
    return { status: 201, body: { id: viewer.role === 'province' ? viewer.unit : '', upload } };
  },
});

describe('who may send', () => {
  it.each([
    ['a province with its unit', token('[province unit-7]'), 201],
    ['groups in another order', token('[unit-7 province]'), 201],
    ['a province without a unit', token('[province]'), 403],
    ['a province with two units', token('[province unit-7 unit-79]'), 403],
    ['two roles', token('[province analyst unit-7]'), 403],
    ['no groups', token('[]'), 403],
    ['a role the route does not admit', token('[analyst]'), 403],
    ['an ID token', token('[province unit-7]', 'id'), 403],
    ['groups that are no list', token('province unit-7'), 403],
    ['no groups claim', { sub: 'office', token_use: 'access' }, 403],
  ])('%s', async (_, claims, status) => {
    expect((await echo(request(claims), context)).statusCode).toBe(status);
  });

  it('never takes unit-7 for unit-79', async () => {
    const answer = await echo(request(token('[province unit-79]')), context);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ id: '79' });
  });
});

describe('what is answered', () => {
  it('names every wrong field of the body', async () => {
    const answer = await echo(
      request(token('[province unit-7]'), JSON.stringify({ ...body, bytes: 0, sha256: 'x' })),
      context,
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.headers?.['content-type']).toContain('application/problem+json');
    const problem = JSON.parse(answer.body ?? '');
    expect(problem.detail.en).toContain('body.bytes');
    expect(problem.detail.en).toContain('body.sha256');
  });

  it.each([
    [200 * 1024 * 1024, 201],
    [200 * 1024 * 1024 + 1, 400],
  ])('%i bytes announced → %i', async (bytes, status) => {
    expect(
      (await echo(request(token('[province unit-7]'), JSON.stringify({ ...body, bytes })), context))
        .statusCode,
    ).toBe(status);
  });

  it('is a problem for a body that is no JSON', async () => {
    expect((await echo(request(token('[province unit-7]'), '{'), context)).statusCode).toBe(400);
  });

  it("is the problem a route raised, as the caller's mistake", async () => {
    const refuse = httpHandler<'request-upload'>({
      ...notAsked,
      'POST /submissions': () => Promise.reject(unitForbidden('79')),
    });
    const answer = await refuse(request(token('[province unit-7]')), context);
    expect(answer.statusCode).toBe(403);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ status: 403, code: 'unit-forbidden' });
  });

  it('shows nothing of a fault of ours', async () => {
    const broken = httpHandler<'request-upload'>({
      ...notAsked,
      'POST /submissions': () => Promise.reject(new Error('secret table name')),
    });
    const answer = await broken(request(token('[province unit-7]')), context);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(answer.body).not.toContain('at ');
  });
});
