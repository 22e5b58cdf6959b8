import { describe, expect, it } from 'vitest';
import {
  Annotations,
  maxAnnotationCharacters,
  maxAnnotations,
} from '../../../shared/domain/intake/annotations.ts';
import type { Issue } from '../../../shared/domain/issue.ts';

/** An issue in the row, whose sentence with its code in brackets has so many characters. */
const issueOf = (row: number, characters: number): Issue => ({
  code: 'x',
  severity: 'error',
  row,
  message: { vi: 'ộ'.repeat(characters - ' [x]'.length), en: '' },
});

function annotate(count: number, characters: number): Annotations {
  const annotations = new Annotations();
  for (let row = 2; row < count + 2; row++) annotations.add(issueOf(row, characters));
  return annotations;
}

describe('the sentences of an annotated copy', () => {
  it.each([
    ['their number', maxAnnotations, 10],
    ['their characters', maxAnnotationCharacters / 1000, 1000],
  ])('are limited in %s, and those left out are counted', (_, most, characters) => {
    const atLimit = annotate(most, characters);
    expect(atLimit.ofRow(most + 1)).toHaveLength(characters);
    expect(atLimit.ofFile()).toBe('');

    const oneMore = annotate(most + 1, characters);
    expect(oneMore.ofRow(most + 1)).toHaveLength(characters);
    expect(oneMore.ofRow(most + 2)).toBe('');
    expect(oneMore.ofFile()).toContain('Còn 1 mục');
  });
});
