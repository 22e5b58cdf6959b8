import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../shared/domain/alert.ts';
import { recipientUnits } from '../../shared/domain/recipients.ts';

const directive = { nationalBodies: ['VPCP', 'BTTTT'] };

describe('the recipients of an alert', () => {
  it.each<[AlertKind, string[], string[]]>([
    ['due-soon', ['BYT', 'BTTTT'], ['74']],
    ['deadline-missed', ['BYT', 'BTTTT'], ['74', 'BYT', 'BTTTT']],
    ['met-late', ['BYT', 'BTTTT'], ['74', 'BYT', 'BTTTT']],
    ['deadline-missed', ['BTTTT', 'UBND các tỉnh, thành phố trực thuộc Trung ương'], ['74', 'BTTTT']],
    ['deadline-missed', ['Các bộ, ngành, địa phương'], ['74', 'VPCP', 'BTTTT']],
    ['deadline-missed', [], ['74', 'VPCP', 'BTTTT']],
    ['due-soon', [], ['74']],
  ])('of kind %s, coordinated by %j, are %j', (kind, coordinators, units) => {
    expect(recipientUnits(directive, { coordinators }, '74', kind)).toEqual(units);
  });

  it('has each unit once', () => {
    expect(recipientUnits(directive, { coordinators: [] }, 'VPCP', 'deadline-missed')).toEqual([
      'VPCP',
      'BTTTT',
    ]);
  });
});
