import map from '@svg-maps/vietnam';
import { describe, expect, it } from 'vitest';
import { placeAfterKey } from '../../../portal/charts/map-movement.ts';
import { boxOfPath } from '../../../portal/charts/path-box.ts';
import { provinceShapes, unitOfLocation } from '../../../portal/charts/province-shapes.ts';
import units from '../../../shared/catalogue/units.json' with { type: 'json' };

const provinces = units.filter(({ kind }) => kind === 'province');

describe('the map', () => {
  it('shows each of the 63 provinces once', () => {
    const shown = provinceShapes.map(({ unit }) => unit);
    expect(shown).toHaveLength(63);
    expect(new Set(shown)).toEqual(new Set(provinces.map(({ id }) => id)));
  });

  it('knows the unit of each of its places, by name', () => {
    const own = ['hoangsa', 'truongsa', 'hcm', 'tthue', 'baria'];
    const folded = new Map(provinces.map(({ id, name }) => [fold(name), id]));
    for (const { id, name } of map.locations) {
      if (own.includes(id)) continue;
      expect([name, unitOfLocation[id]]).toEqual([name, folded.get(fold(name))]);
    }
    expect(own.map((id) => unitOfLocation[id])).toEqual(['48', '56', '79', '46', '77']);
    expect(Object.keys(unitOfLocation).sort()).toEqual(map.locations.map(({ id }) => id).sort());
  });

  it('draws Hoàng Sa with Đà Nẵng and Trường Sa with Khánh Hòa, and nothing with others', () => {
    const withIslands = provinceShapes.filter(({ islands }) => islands !== undefined).map(({ unit }) => unit);
    expect(withIslands.sort()).toEqual(['48', '56']);
  });

  it('can be walked from any province to any other', () => {
    const [start] = provinceShapes;
    const reached = new Set([start?.unit ?? '']);
    for (const unit of reached) {
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
        const next = placeAfterKey(provinceShapes, unit, key);
        if (next !== undefined) reached.add(next);
      }
    }
    expect(reached.size).toBe(63);
  });
});

describe('a key on the map', () => {
  const places = [
    { unit: 'north', centre: { x: 50, y: 0 } },
    { unit: 'west', centre: { x: 0, y: 50 } },
    { unit: 'middle', centre: { x: 50, y: 50 } },
    { unit: 'far east', centre: { x: 200, y: 50 } },
    { unit: 'east', centre: { x: 100, y: 60 } },
    { unit: 'south', centre: { x: 55, y: 100 } },
  ];

  it.each([
    ['ArrowUp', 'north'],
    ['ArrowLeft', 'west'],
    ['ArrowRight', 'east'],
    ['ArrowDown', 'south'],
    ['Home', 'north'],
    ['End', 'south'],
  ])('%s leads to the nearest that way: %s', (key, expected) => {
    expect(placeAfterKey(places, 'middle', key)).toBe(expected);
  });

  it('leads nowhere beyond the edge, and does nothing when it is no arrow', () => {
    expect(placeAfterKey(places, 'north', 'ArrowUp')).toBeUndefined();
    expect(placeAfterKey(places, 'middle', 'a')).toBeUndefined();
  });
});

describe('the box of a path', () => {
  it.each([
    ['M 1 2 5 2 5 6 Z', { left: 1, top: 2, right: 5, bottom: 6 }],
    ['m 1,2 4,0 0,4 z', { left: 1, top: 2, right: 5, bottom: 6 }],
    ['m1,2h4v4z', { left: 1, top: 2, right: 5, bottom: 6 }],
    ['M0 0c9,9 9,9 2,3', { left: 0, top: 0, right: 2, bottom: 3 }],
    ['M0 0 1e-1,.5 1-2z', { left: 0, top: -2, right: 1, bottom: 0.5 }],
  ])('%s goes through its end points', (path, box) => {
    expect(boxOfPath(path)).toEqual(box);
  });

  it('is that of the largest part, wherever the small ones lie', () => {
    expect(boxOfPath('m 0,0 10,0 0,10 z m 90,90 1,0 0,1 z')).toEqual({
      left: 0,
      top: 0,
      right: 10,
      bottom: 10,
    });
  });

  it('refuses commands it does not know', () => {
    expect(() => boxOfPath('M0 0q1 1 2 2')).toThrow('unknown path command: q');
  });
});

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}
