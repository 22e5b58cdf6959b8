import { describe, expect, it } from 'vitest';
import { canSeeUnit, viewerOf } from '../../shared/domain/viewer.ts';

describe('the viewer of a token', () => {
  it.each([
    [['province', 'unit-74'], { role: 'province', unit: '74' }],
    [['unit-BTTTT', 'province'], { role: 'province', unit: 'BTTTT' }],
    [['coordinator'], { role: 'coordinator' }],
    [['analyst'], { role: 'analyst' }],
    [['admin', 'something-else'], { role: 'admin' }],
  ])('with the groups %j is %j', (groups, viewer) => {
    expect(viewerOf('s', groups)).toEqual({ subject: 's', ...viewer });
  });

  it.each([
    [[]],
    [['province']],
    [['province', 'unit-']],
    [['province', 'unit-7', 'unit-74']],
    [['admin', 'analyst']],
    [['analyst', 'unit-74']],
    [['unit-74']],
  ])('is nobody with the groups %j', (groups) => {
    expect(viewerOf('s', groups)).toBeUndefined();
  });
});

it.each([
  [{ subject: 's', role: 'province', unit: '7' }, '7', true],
  [{ subject: 's', role: 'province', unit: '7' }, '74', false],
  [{ subject: 's', role: 'province', unit: '74' }, '7', false],
  [{ subject: 's', role: 'analyst' }, '74', true],
] as const)('%j may see unit %s: %s', (viewer, unit, allowed) => {
  expect(canSeeUnit(viewer, unit)).toBe(allowed);
});
