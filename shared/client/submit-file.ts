import type { UploadRequest } from '../domain/api-requests.ts';
import { type Api, fetchText } from './api.ts';
import { type AnswerOf, callRoute } from './call-route.ts';

/** Where a requested file may be put: the URL, and the headers that its signature covers. */
export type Upload = AnswerOf<'POST /submissions'>;

/** Announces a file and returns its submission id with the URL to put it to. */
export async function requestUpload(api: Api, file: UploadRequest): Promise<Upload> {
  return (await callRoute(api, 'POST /submissions', { body: file })).body;
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
 * Puts the announced bytes to their URL: all of them, or a stream, which is never held whole.
 *
 * @throws UploadRefused when they are not the announced ones, were put before, or the URL has expired;
 *   Unreachable when there is no answer: they may have arrived all the same.
 */
export async function putFile(
  { upload }: Upload,
  bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
): Promise<void> {
  const { status, text } = await fetchText(upload.url, {
    method: 'PUT',
    headers: upload.headers,
    body: bytes,
    // A stream is sent without waiting for the answer's beginning; fetch wants that said.
    ...(bytes instanceof ReadableStream && { duplex: 'half' }),
  });
  if (status >= 300) throw new UploadRefused(status, text);
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
