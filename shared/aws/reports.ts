import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { encodings } from '../domain/intake/encoding.ts';
import { issueSchema } from '../domain/issue.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';

const bucket = requireEnvironment('REPORTS_BUCKET');

/** What was found in a submission's file: the facts of the file, and its issues, the first 1,000 in full. */
const reportSchema = z.strictObject({
  submission: z.string(),
  verdict: z.enum(['accepted', 'rejected']),
  file: z.strictObject({
    sha256: z.string(),
    bytes: z.int(),
    format: z.enum(['csv', 'json', 'unknown']),
    encoding: z.enum([...encodings, 'unknown']),
    bom: z.boolean().optional(),
    delimiter: z.string().optional(),
    decimal: z.string().optional(),
  }),
  rows: z.int(),
  observations: z.int(),
  issues: z.array(issueSchema),
  issueCounts: z.record(z.string(), z.int()),
});
export type Report = z.infer<typeof reportSchema>;

/** Writes the report of a submission; writing it again changes nothing. */
export async function saveReport({ objects }: Clients, unit: string, report: Report): Promise<void> {
  await objects.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: reportKey(unit, report.submission),
      Body: JSON.stringify(report),
      ContentType: 'application/json',
    }),
  );
}

/** Reads the report of a submission that has its outcome. Throws when there is none. */
export async function loadReport({ objects }: Clients, unit: string, submissionId: string): Promise<Report> {
  const { Body } = await objects.send(
    new GetObjectCommand({ Bucket: bucket, Key: reportKey(unit, submissionId) }),
  );
  return reportSchema.parse(JSON.parse((await Body?.transformToString()) ?? ''));
}

function reportKey(unit: string, submissionId: string): string {
  return `${unit}/${submissionId}.json`;
}
