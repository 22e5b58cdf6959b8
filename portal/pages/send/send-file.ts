import { Unreachable } from '../../../shared/client/api.ts';
import { type Upload, UploadRefused } from '../../../shared/client/submit-file.ts';
import type { UploadRequest } from '../../../shared/domain/api-requests.ts';
import type { DryRunReport } from '../../../shared/domain/dry-run-report.ts';
import { FileUnreadable } from '../../check/file-unreadable.ts';

/** What sending needs from outside: the API, the store, and the file, which can have changed since it was checked. */
export interface SendingPorts {
  request(announced: UploadRequest): Promise<Upload>;
  put(upload: Upload): Promise<void>;
  /** Rejects when the file is not the one that was checked any more. */
  probe(): Promise<unknown>;
}

/** An upload whose answer was lost: it may have arrived, so that it is put again to the same URL. */
export interface Unanswered {
  upload: Upload;
}

/**
 * Announces and puts a checked file, and returns the id of its submission. A file that could have arrived before is
 * put again to its first URL, which takes it once: "there already" then means that only the answer was lost.
 * `onUnanswered` is handed what to try again with.
 *
 * @throws FileUnreadable when the file has changed since it was checked, ApiProblem, UploadRefused, Unreachable.
 */
export async function sendFile(
  announced: UploadRequest,
  ports: SendingPorts,
  earlier: Unanswered | undefined,
  onUnanswered: (unanswered: Unanswered) => void,
): Promise<string> {
  await ports.probe().catch((error: unknown) => {
    throw new FileUnreadable(error);
  });
  const upload = earlier?.upload ?? (await ports.request(announced));
  try {
    await ports.put(upload);
  } catch (error) {
    if (earlier && error instanceof UploadRefused && error.status === 412) return upload.id;
    if (error instanceof Unreachable) onUnanswered({ upload });
    throw error;
  }
  return upload.id;
}

/** What is announced of a checked file: what the check found, not what its name says. */
export function announcementOf(
  fileName: string,
  { file: { format, bytes, sha256 } }: Pick<DryRunReport, 'file'>,
): UploadRequest {
  return {
    fileName: fileName.slice(0, maxNameCharacters),
    contentType: format === 'json' ? 'application/json' : 'text/csv',
    bytes,
    sha256,
  };
}

const maxNameCharacters = 255;
