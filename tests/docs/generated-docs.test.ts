import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { generatedDocs } from '../../docs/generate.ts';
import { apiRoutes } from '../../shared/domain/api-routes.ts';
import { issueCodes } from '../../shared/domain/issue-codes.ts';
import { buildOpenApi } from '../../shared/domain/openapi.ts';

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
