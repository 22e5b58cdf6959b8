import type * as z from 'zod';
import type { Bilingual } from './catalogue.ts';

type ZodIssue = z.core.$ZodIssue;

/**
 * What is wrong with one field of a request, as half a sentence that begins with the field:
 * `body.reason: phải có ít nhất 1 ký tự`. `place` is where the fields stand, `body` or `query`. A rule of our own says it
 * in both languages itself, with ` · ` between them.
 */
export function requestFault(place: 'body' | 'query', issue: ZodIssue): Bilingual {
  const field = [place, ...issue.path].map(String).join('.');
  const { vi, en } = whatIsWrong(issue);
  return { vi: `${field}: ${vi}`, en: `${field}: ${en}` };
}

function whatIsWrong(issue: ZodIssue): Bilingual {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message.endsWith('received undefined')) return { vi: 'còn thiếu', en: 'is missing' };
      const [vi, en] = typeNames[issue.expected] ?? [issue.expected, issue.expected];
      return { vi: `phải là ${vi}`, en: `must be ${en}` };
    }
    case 'too_small': {
      const unit = sizeUnits[issue.origin];
      return unit
        ? {
            vi: `phải có ít nhất ${issue.minimum} ${unit.vi}`,
            en: `must have at least ${counted(issue.minimum, unit.en)}`,
          }
        : { vi: `phải từ ${issue.minimum} trở lên`, en: `must be ${issue.minimum} or more` };
    }
    case 'too_big': {
      const unit = sizeUnits[issue.origin];
      return unit
        ? {
            vi: `chỉ được có tối đa ${issue.maximum} ${unit.vi}`,
            en: `may have at most ${counted(issue.maximum, unit.en)}`,
          }
        : { vi: `chỉ được đến ${issue.maximum}`, en: `may be at most ${issue.maximum}` };
    }
    case 'invalid_value': {
      const values = issue.values.map((value) => `"${String(value)}"`).join(', ');
      return { vi: `phải là một trong: ${values}`, en: `must be one of: ${values}` };
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `"${key}"`).join(', ');
      return { vi: `không có trường ${keys}`, en: `has no field ${keys}` };
    }
    case 'invalid_format': {
      if (issue.format === 'date')
        return { vi: 'phải là một ngày, ví dụ 2022-06-30', en: 'must be a day, such as 2022-06-30' };
      const format = issue.format === 'regex' ? String(issue.pattern ?? '') : issue.format;
      return { vi: `không đúng dạng (${format})`, en: `is not of the right form (${format})` };
    }
    case 'custom':
      return inBoth(issue.message);
    default:
      return issue.message.includes(' · ') ? inBoth(issue.message) : { vi: 'không đúng', en: 'is not right' };
  }
}

function inBoth(message: string): Bilingual {
  const [vi = '', en = vi] = message.split(' · ');
  return { vi, en };
}

const typeNames: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  string: ['chuỗi ký tự', 'a text'],
  number: ['số', 'a number'],
  int: ['số nguyên', 'a whole number'],
  boolean: ['true hoặc false', 'true or false'],
  array: ['danh sách', 'a list'],
  object: ['đối tượng', 'an object'],
};

/** What the size of a text or list counts, as one of them; a number is no size. */
const sizeUnits: Readonly<Record<string, Bilingual>> = {
  string: { vi: 'ký tự', en: 'character' },
  array: { vi: 'mục', en: 'item' },
};

function counted(count: number | bigint, unit: string): string {
  return `${count} ${unit}${Number(count) === 1 ? '' : 's'}`;
}
