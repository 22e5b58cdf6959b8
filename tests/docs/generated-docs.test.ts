import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { generatedDocs } from '../../docs/generate.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { apiRoutes } from '../../shared/domain/api-routes.ts';
import { issueCodes } from '../../shared/domain/issue-codes.ts';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { buildOpenApi } from '../../shared/domain/openapi.ts';
import { tables } from '../../shared/domain/tables.ts';
import { views } from '../../shared/domain/views.ts';

const docs = join(import.meta.dirname, '../../docs');

describe('generated documents', () => {
  it.each([...generatedDocs()])('%s is current; "npm run docs" makes it so', (name, content) => {
    expect(readFileSync(join(docs, name), 'utf8')).toBe(content);
  });
});

// A text that is no JSON, such as the template, has no schema of a name.
const schemaSchema = z.union([
  z.looseObject({ $ref: z.string() }),
  z.strictObject({ type: z.literal('string') }),
]);
const contentSchema = z.record(z.string(), z.strictObject({ schema: schemaSchema }));
const operationSchema = z.looseObject({
  operationId: z.string(),
  security: z.array(z.strictObject({ accessToken: z.tuple([z.string()]) })),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.enum(['path', 'query']) })).default([]),
  requestBody: z.looseObject({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

describe('the OpenAPI document', () => {
  const document = documentSchema.parse(buildOpenApi('1.2.3'));

  it('has every route, with its roles, parameters, body and answers', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        roles: operation.security.map(({ accessToken: [role] }) => role),
        parameters: operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`),
        hasBody: operation.requestBody !== undefined,
        statuses: Object.entries(operation.responses)
          .filter(([, { content }]) => content)
          .map(([status]) => Number(status)),
      })),
    );
    const listed = apiRoutes.map((route) => ({
      route: `${route.method} ${route.path}`,
      roles: [...route.roles],
      parameters: [
        ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `path ${name}`),
        ...Object.keys(route.query.shape).map((name) => `query ${name}`),
      ],
      hasBody: 'body' in route,
      statuses: [...('dryRun' in route ? [200] : []), ...route.statuses].sort(),
    }));
    expect(new Set(described)).toEqual(new Set(listed));
  });

  it('refers to nothing that it lacks', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, path]) => path);
    expect(references.length).toBeGreaterThan(30);
    for (const path of new Set(references)) {
      let found: unknown = document;
      for (const step of path?.split('/').slice(1) ?? []) found = Object(found)[step];
      expect(found, path).toBeTypeOf('object');
    }
  });

  it('names each operation once', () => {
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(apiRoutes.length);
  });

  it('lets answers grow, and holds requests to what is known', () => {
    const { UploadRequest, Submission, Alert } = document.components.schemas;
    expect(UploadRequest).toHaveProperty('additionalProperties', false);
    expect(Submission).not.toHaveProperty('additionalProperties');
    expect(Alert).not.toHaveProperty('additionalProperties');
  });
});

describe('the page of issue codes', () => {
  const page = generatedDocs().get('issue-codes.md') ?? '';

  it('has every code once', () => {
    const titles = [...page.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code);
    expect(titles.toSorted()).toEqual(Object.keys(issueCodes).toSorted());
  });

  it('shows what a file gives, in both languages, and where', () => {
    expect(page).toContain(
      [
        '- Tử số 3 lớn hơn mẫu số 2. *Hãy kiểm tra xem hai số có bị đổi chỗ không.*',
        '- The numerator 3 exceeds the denominator 2. *Check whether the two are swapped.*',
        '',
        'Ví dụ · example: [numerator-exceeds-denominator.csv](../tests/fixtures/intake/numerator-exceeds-denominator.csv), ô · cell D2',
      ].join('\n'),
    );
  });
});

describe('the data dictionary', () => {
  const page = generatedDocs().get('data-dictionary.md') ?? '';
  const sections = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .map((section) => [/^`(.+)`/.exec(section)?.[1], section]),
  );

  it('has every table, view and named query, in their order', () => {
    const { directive } = loadCatalogue();
    expect([...sections.keys()]).toEqual(
      [...tables, ...views, ...namedQueries(directive)].map(({ name }) => name),
    );
  });

  it.each([...tables, ...views])(
    'tells of $name what a row is, and every column, in both languages',
    (table) => {
      const section = sections.get(table.name) ?? '';
      expect(section).toContain(`**${table.title.vi} · ${table.title.en}**`);
      const rows = section.split('\n').filter((line) => line.startsWith('| `'));
      expect(
        rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))),
      ).toEqual(
        table.columns.map(({ name, type, isNullable, title, unit }) => [
          '',
          `\`${name}\``,
          type,
          isNullable ? 'null' : '',
          title.vi,
          title.en,
          unit ? `${unit.vi} · ${unit.en}` : '',
          '',
        ]),
      );
    },
  );

  it('says where the objects of a table are, and what a query asks for', () => {
    expect(sections.get('assessments')).toContain('`assessments/day=2022-07-01/assessments.parquet`');
    expect(sections.get('known-on')).toContain(
      '| `day` | `9999-12-31` | Như được biết vào cuối ngày này, giờ Việt Nam; mặc định là mới nhất |',
    );
  });
});
