import * as z from 'zod';
import type { UploadRequest } from '../domain/api-routes.ts';
import { type Api, callApi } from './api.ts';

const uploadSchema = z.object({
  id: z.string(),
  upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()), expiresAt: z.string() }),
});

/** Where a requested file may be put: the URL, and the headers that its signature covers. */
export type Upload = z.infer<typeof uploadSchema>;

/** Announces a file and returns its submission id with the URL to put it to. */
export async function requestUpload(api: Api, file: UploadRequest): Promise<Upload> {
  return await callApi(api, { method: 'POST', path: '/submissions', body: file }, uploadSchema);
}

/** S3 refused the bytes: another length, type or hash than announced, a second upload, or too late. */
export class UploadRefused extends Error {
  readonly status: number;
  constructor(status: number, answer: string) {
    super(`The upload was refused (${status}): ${answer}`);
    this.name = 'UploadRefused';
    this.status = status;
  }
}

/**
 * Puts the announced bytes to their URL.
 *
 * @throws UploadRefused when they are not the announced ones, were put before, or the URL has expired.
 */
export async function putFile({ upload }: Upload, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes });
  if (!response.ok) throw new UploadRefused(response.status, await response.text());
}

/** Announces and puts a file; returns the id of its submission. */
export async function submitFile(
  api: Api,
  file: UploadRequest,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const upload = await requestUpload(api, file);
  await putFile(upload, bytes);
  return upload.id;
}
