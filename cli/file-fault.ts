import type { Bilingual } from '../shared/domain/catalogue.ts';

/** Why a file could not be opened, read or written, as half a sentence. Other errors are shown as they are. */
export function fileFault(error: unknown): Bilingual {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = faults[code];
  if (known) return known;
  const detail = error instanceof Error ? error.message : String(error);
  return { vi: detail, en: detail };
}

const faults: Readonly<Record<string, Bilingual>> = {
  ENOENT: { vi: 'không có tệp hoặc thư mục này', en: 'there is no such file or folder' },
  EISDIR: { vi: 'đây là thư mục, không phải tệp', en: 'it is a folder, not a file' },
  ENOTDIR: { vi: 'đường dẫn đi qua một tệp không phải thư mục', en: 'its path leads through a file' },
  EACCES: { vi: 'không có quyền', en: 'permission is denied' },
  EPERM: { vi: 'không có quyền', en: 'permission is denied' },
  EROFS: { vi: 'ổ đĩa chỉ cho đọc', en: 'the disk is read-only' },
  EBUSY: { vi: 'chương trình khác đang mở tệp', en: 'another program has it open' },
  ENOSPC: { vi: 'ổ đĩa đã đầy', en: 'the disk is full' },
  EEXIST: { vi: 'đã có tệp này', en: 'it is there already' },
  ENAMETOOLONG: { vi: 'tên tệp quá dài', en: 'its name is too long' },
};
