import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachmentOf, downloadName } from '../domain/download-name.ts';
import { isAnnotatable } from '../domain/intake/annotatable.ts';
import { annotateFile } from '../domain/intake/annotate.ts';
import { Annotations } from '../domain/intake/annotations.ts';
import type { FileFacts } from '../domain/intake/check-file.ts';
import type { SourceFile } from '../domain/intake/source-file.ts';
import type { Issue } from '../domain/issue.ts';
import { downloadUrlSeconds, type Submission } from '../domain/submission.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';
import { IssueListFile } from './issue-list-file.ts';
import type { Report } from './reports.ts';

const bucket = requireEnvironment('REPORTS_BUCKET');

/** A larger file is streamed from the disk, which the SDK cannot repeat by itself. */
const maxBytesHeld = 8 * 1024 * 1024;

/**
 * What a sender can download beside the report: the list of all issues, and the file itself with what was found
 * at its rows.
 */
export type ReportFileKind = 'issues' | 'annotated';

/**
 * Takes the issues of a file while it is checked and writes the files beside its report: `74/<id>.issues.csv` where
 * there is any issue, `74/<id>.annotated.csv` or `.json` where the file also has rows to annotate. Uses the local
 * disk for about as many bytes as both have; `dispose` frees it.
 */
export class ReportFiles {
  #list = new IssueListFile();
  #annotations = new Annotations();

  /** Made to be the check's `onIssue`. */
  readonly add = (issue: Issue): void => {
    this.#list.add(issue);
    this.#annotations.add(issue);
  };

  /** Writes what there is to write; writing it again changes nothing. `found` comes from the check of the file. */
  async save(
    clients: Clients,
    { unit, id }: Pick<Submission, 'unit' | 'id'>,
    file: SourceFile,
    found: FileFacts,
  ): Promise<void> {
    const list = this.#list.complete();
    if (!list) return;
    await putFile(clients, keyOf(unit, id, 'issues', found), list.path, typeOf('csv'));
    if (!isAnnotatable(found)) return;
    const copy = join(list.directory, 'annotated');
    await pipeline(annotateFile(file, found, this.#annotations), createWriteStream(copy));
    await putFile(clients, keyOf(unit, id, 'annotated', found), copy, typeOf(found.format));
  }

  /** Removes what is on the local disk. */
  async dispose(): Promise<void> {
    await this.#list.dispose();
  }
}

/**
 * A URL from which anybody can download a file of a report for five minutes, and the name it is saved under, made
 * of the sender's own: `tháng 5-tiendo-loi.csv`. `undefined` when the submission has no such file.
 */
export async function presignReportFile(
  { objects }: Clients,
  { unit, id, fileName }: Pick<Submission, 'unit' | 'id' | 'fileName'>,
  { file, issueCounts }: Pick<Report, 'file' | 'issueCounts'>,
  kind: ReportFileKind,
): Promise<{ url: string; fileName: string } | undefined> {
  if (Object.keys(issueCounts).length === 0) return undefined;
  if (kind === 'annotated' && !isAnnotatable(file)) return undefined;
  const savedAs =
    kind === 'issues'
      ? downloadName(fileName, '-tiendo-danh-sach-loi', 'csv')
      : downloadName(fileName, '-tiendo-loi', file.format === 'json' ? 'json' : 'csv');
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: keyOf(unit, id, kind, file),
    ResponseContentDisposition: attachmentOf(savedAs),
  });
  return { url: await getSignedUrl(objects, command, { expiresIn: downloadUrlSeconds }), fileName: savedAs };
}

function keyOf(
  unit: string,
  id: string,
  kind: ReportFileKind,
  { format }: Pick<FileFacts, 'format'>,
): string {
  return `${unit}/${id}.${kind === 'issues' ? 'issues.csv' : `annotated.${format}`}`;
}

function typeOf(format: FileFacts['format']): string {
  return format === 'json' ? 'application/json' : 'text/csv';
}

async function putFile({ objects }: Clients, key: string, path: string, contentType: string): Promise<void> {
  const { size } = await stat(path);
  await objects.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: size <= maxBytesHeld ? await readFile(path) : createReadStream(path),
      ContentLength: size,
      ContentType: contentType,
    }),
  );
}
