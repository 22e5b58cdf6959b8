import type { Bilingual } from '../../../shared/domain/catalogue.ts';

/** How many rows an answer has, and how many of them are shown; without `all` there are more than those. */
export function countText(
  shown: number,
  all: number | undefined,
  write: (count: number) => string,
): Bilingual {
  const few = write(shown);
  if (all === shown) return { vi: `${few} dòng`, en: `${few} ${shown === 1 ? 'row' : 'rows'}` };
  if (all === undefined) {
    return { vi: `${few} dòng đầu; tệp tải về có tất cả`, en: `The first ${few} rows; the download has all` };
  }
  return {
    vi: `${few} dòng đầu trong ${write(all)}; tệp tải về có tất cả`,
    en: `The first ${few} of ${write(all)} rows; the download has all`,
  };
}
