import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/domain/problem.ts';
import { type AskedDownload, chooseDownload } from '../../../shared/domain/tables/choose-download.ts';
import type { Viewer } from '../../../shared/domain/viewer.ts';
import { smallCatalogue } from '../small-catalogue.ts';

const office: Viewer = { subject: 's', role: 'province', unit: '74' };
const analyst: Viewer = { subject: 's', role: 'analyst' };
const viewers = { office, analyst };

function outcome(viewer: keyof typeof viewers, table: string, asked: AskedDownload): string {
  try {
    return chooseDownload(smallCatalogue(), viewers[viewer], table, asked).unit ?? 'all';
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

describe('a download', () => {
  it.each([
    ['office', 'points', {}, '74'],
    ['office', 'points', { unit: '74' }, '74'],
    ['office', 'points', { unit: '01' }, 'unit-forbidden'],
    ['office', 'observations', {}, '74'],
    ['office', 'observations', { unit: '01' }, 'unit-forbidden'],
    ['office', 'assessments', {}, 'table-forbidden'],
    ['office', 'assessments', { unit: '74' }, 'table-forbidden'],
    ['office', 'units', {}, 'all'],
    ['office', 'nothing', {}, 'table-unknown'],
    ['analyst', 'points', {}, 'all'],
    ['analyst', 'points', { unit: '74' }, '74'],
    ['analyst', 'points', { unit: '99' }, 'unit-unknown'],
    ['analyst', 'observations', {}, 'unit-required'],
    ['analyst', 'observations', { unit: '74' }, '74'],
    ['analyst', 'assessments', { day: '2022-07-01' }, 'all'],
    ['analyst', 'assessments', { unit: '74' }, 'request-invalid'],
    ['analyst', 'points', { day: '2022-07-01' }, 'request-invalid'],
    ['analyst', 'units', { unit: '74' }, 'request-invalid'],
    ['analyst', '__proto__', {}, 'table-unknown'],
  ] as const)('of the %s for %s with %j is of %s', (viewer, table, asked, expected) => {
    expect(outcome(viewer, table, asked)).toBe(expected);
  });

  it('is a CSV with semicolons unless asked otherwise', () => {
    expect(chooseDownload(smallCatalogue(), analyst, 'points', {})).toMatchObject({
      format: 'csv',
      separator: ';',
    });
    expect(chooseDownload(smallCatalogue(), analyst, 'points', { separator: 'tab' }).separator).toBe('\t');
  });
});
