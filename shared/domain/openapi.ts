import * as z from 'zod';
import {
  accountAnswer,
  acknowledgementAnswer,
  alertAnswer,
  alertListAnswer,
  assessmentAnswer,
  coordinatorAnswer,
  coordinatorListAnswer,
  differenceAnswer,
  downloadAnswer,
  dryRunAnswer,
  dueDateAnswer,
  everyCoordinatorAnswer,
  figureAnswer,
  issueAnswer,
  issuesAnswer,
  oneAlertAnswer,
  pointAnswer,
  problemAnswer,
  publishedAnswer,
  rowsAnswer,
  scoreboardAnswer,
  setDueDateAnswer,
  silenceAnswer,
  silenceListAnswer,
  submissionAnswer,
  submissionListAnswer,
  unitAnswer,
  uploadAnswer,
  withdrawalAnswer,
} from './api-answers.ts';
import {
  accountSchema,
  acknowledgementRequestSchema,
  coordinatorListSchema,
  dueDateRequestSchema,
  silenceRequestSchema,
  uploadRequestSchema,
  withdrawalSchema,
} from './api-requests.ts';
import { apiRoutes } from './api-routes.ts';
import { bilingualSchema, catalogueSchema } from './catalogue.ts';
import {
  queryExecutionAnswer,
  queryListAnswer,
  queryRequestSchema,
  startedQueryAnswer,
} from './query-answers.ts';
import type { ApiRoute, DryRunVariant } from './routes/api-route.ts';

/** The body of a dry run. */
const reportFileSchema = z
  .string()
  .describe('Tệp CSV hoặc JSON, đúng từng byte · a CSV or JSON file, byte by byte');

/** The schemas that have a name of their own in the document. */
const schemas = {
  UploadRequest: uploadRequestSchema,
  ReportFile: reportFileSchema,
  Withdrawal: withdrawalSchema,
  AcknowledgementRequest: acknowledgementRequestSchema,
  SilenceRequest: silenceRequestSchema,
  DueDateRequest: dueDateRequestSchema,
  QueryRequest: queryRequestSchema,
  Account: accountSchema,
  CoordinatorList: coordinatorListSchema,
  Upload: uploadAnswer,
  DryRun: dryRunAnswer,
  Difference: differenceAnswer,
  Figure: figureAnswer,
  Point: pointAnswer,
  Published: publishedAnswer,
  Submission: submissionAnswer,
  Withdrawn: withdrawalAnswer,
  SubmissionList: submissionListAnswer,
  SubmissionIssues: issuesAnswer,
  Issue: issueAnswer,
  Download: downloadAnswer,
  QueryList: queryListAnswer,
  StartedQuery: startedQueryAnswer,
  QueryExecution: queryExecutionAnswer,
  FigureRows: rowsAnswer,
  Catalogue: catalogueSchema,
  UnitAssessments: unitAnswer,
  Assessment: assessmentAnswer,
  Scoreboard: scoreboardAnswer,
  AlertList: alertListAnswer,
  Alert: alertAnswer,
  AlertWithHistory: oneAlertAnswer,
  Acknowledgement: acknowledgementAnswer,
  Silence: silenceAnswer,
  SilenceList: silenceListAnswer,
  DueDate: dueDateAnswer,
  SetDueDate: setDueDateAnswer,
  UnitCoordinators: coordinatorListAnswer,
  AllCoordinators: everyCoordinatorAnswer,
  Coordinator: coordinatorAnswer,
  CreatedAccount: accountAnswer,
  Problem: problemAnswer,
  Bilingual: bilingualSchema,
} as const;

/**
 * The API as an OpenAPI 3.1 document, from the list of routes alone. Roles are the scopes of the security
 * scheme: one requirement for each role that may.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function buildOpenApi(version: string): object {
  const paths = Map.groupBy(apiRoutes, ({ path }) => path);
  return {
    openapi: '3.1.1',
    info: {
      title: 'tiendo',
      version,
      summary: 'Số liệu chuyển đổi số: nộp, kiểm tra, theo dõi · figures on digital government',
      description:
        'Một tệp được nộp bằng POST /submissions rồi PUT tới địa chỉ nhận được, với đúng các header nhận được. · ' +
        'A file is sent by POST /submissions and a PUT to the URL it answers, with the headers it answers.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: '{address}',
        description: 'ApiUrl trong kết quả của "cdk deploy" · ApiUrl among the outputs of "cdk deploy"',
        variables: { address: { default: 'http://127.0.0.1:8787', description: 'npm start' } },
      },
    ],
    paths: Object.fromEntries(
      [...paths].map(([path, routes]) => [
        path,
        Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operation(route)])),
      ]),
    ),
    components: {
      schemas: namedSchemas(),
      responses: {
        Refusal: {
          description:
            'Yêu cầu không được chấp nhận; "detail" nói phải làm gì · refused; "detail" says what to do',
          content: { 'application/problem+json': { schema: reference('Problem') } },
        },
        Unauthorized: {
          description: 'Chưa đăng nhập hoặc phiên đã hết hạn · not signed in, or the session has expired',
        },
      },
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'Mã truy cập (access token) của Cognito; vai trò là nhóm của tài khoản · ' +
            'the access token of Cognito; roles are the groups of the account',
        },
      },
    },
  };
}

function operation({
  method,
  path,
  roles,
  summary,
  query,
  body,
  statuses,
  answer,
  ...route
}: ApiRoute): object {
  const contentType = route.contentType ?? 'application/json';
  const parameters = [...pathParameters(path), ...queryParameters(query)];
  const content = {
    [contentType]: { schema: contentType === 'text/csv' ? { type: 'string' } : reference(nameOf(answer)) },
  };
  return {
    operationId: operationId(method, path),
    summary: `${summary.vi} · ${summary.en}`,
    description: [`Vai trò · roles: ${roles.join(', ')}`, ...dryRunText(route.dryRun)].join('\n\n'),
    security: roles.map((role) => ({ accessToken: [role] })),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: reference(nameOf(body)) }, ...fileContent(route.dryRun) },
      },
    }),
    responses: {
      ...Object.fromEntries(
        statuses.map((status) => [String(status), { description: statusTexts[status], content }]),
      ),
      ...(route.dryRun && {
        '200': {
          description: 'Với ?dryRun: kết quả kiểm tra · with ?dryRun: what would come of the file',
          content: { 'application/json': { schema: reference(nameOf(route.dryRun.answer)) } },
        },
      }),
      '401': { $ref: '#/components/responses/Unauthorized' },
      '4XX': { $ref: '#/components/responses/Refusal' },
      '5XX': { $ref: '#/components/responses/Refusal' },
    },
  };
}

function dryRunText(dryRun: DryRunVariant | undefined): string[] {
  return dryRun ? [`${dryRun.description.vi} · ${dryRun.description.en}`] : [];
}

/** A file may be JSON too, but by that name the document describes the announcement of one. */
function fileContent(dryRun: DryRunVariant | undefined): object {
  const types = dryRun?.contentTypes.filter((type) => type !== 'application/json') ?? [];
  return Object.fromEntries(types.map((type) => [type, { schema: reference('ReportFile') }]));
}

const statusTexts: Readonly<Record<number, string>> = {
  200: 'Được · done, or there already',
  201: 'Đã tạo · created',
  202: 'Đã nhận và đang chạy · taken, and under way',
};

/** `GET /submissions/{id}/issues` → `getSubmissionsIdIssues`. */
function operationId(method: string, path: string): string {
  const words = path.match(/\w+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: ApiRoute['query']): object[] {
  return Object.entries(query.shape).map(([name, schema]) => {
    const { $schema: _, description, ...rest } = z.toJSONSchema(schema, { io: 'input' });
    return { name, in: 'query', required: false, ...(description && { description }), schema: rest };
  });
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** As clients meet them: what they may leave out is optional, and answers may grow. */
function namedSchemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: converted } = z.toJSONSchema(registry, {
    io: 'input',
    uri: referenceTo,
    override: ({ jsonSchema }) => dropNoise(jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(converted).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}

/** The pattern of what `format` says already, and the bounds every integer in JSON has. */
function dropNoise(schema: JsonSchema): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

function nameOf(schema: z.ZodType): string {
  const found = Object.entries(schemas).find(([, named]) => named === schema);
  if (!found) throw new RangeError('a body or an answer of the list of routes has no name here');
  return found[0];
}

function reference(name: string): { $ref: string } {
  return { $ref: referenceTo(name) };
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}
