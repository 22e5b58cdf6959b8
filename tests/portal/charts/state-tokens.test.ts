import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { states } from '../../../shared/domain/assessment.ts';

const file = readFileSync(join(import.meta.dirname, '../../../portal/look/state-tokens.css'), 'utf8');
const [lightText = '', darkText = ''] = file.split('@media');
const marks = readFileSync(join(import.meta.dirname, '../../../portal/charts/state-mark.css'), 'utf8');
const [lightMarks = '', darkMarks = ''] = marks.split('@media');

/** What each kind of sight makes of red, green and blue. */
const sights: Readonly<Record<string, readonly Triple[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'red-blind': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'green-blind': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'blue-blind': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The surfaces of tokens.css. */
const themes = [
  { theme: 'light', tokens: tokensOf(lightText), symbols: lightMarks, surfaces: ['#f6f8f8', '#ffffff'] },
  { theme: 'dark', tokens: tokensOf(darkText), symbols: darkMarks, surfaces: ['#10191c', '#18242a'] },
];

describe.each(themes)('the colours of states in $theme', ({ tokens, symbols, surfaces }) => {
  it('have a symbol each, drawn in what is written on them', () => {
    const drawn = [...symbols.matchAll(/\.state-([\w-]+) \{[^}]*stroke='%23([0-9a-f]{6})'/g)];
    expect(drawn.map(([, state = '']) => state).sort()).toEqual([...states].sort());
    expect(new Set(drawn.map(([, , colour]) => `#${colour}`))).toEqual(new Set([tokens.get('--on-state')]));
  });

  it.each(states)('%s stands out from both surfaces, and can be written on', (state) => {
    const colour = tokens.get(`--state-${state}`) ?? '';
    for (const surface of surfaces) expect(contrast(colour, surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, tokens.get('--on-state') ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.keys(sights))('stay apart for %s sight', (sight) => {
    const seen = states.map((state) => seenAs(tokens.get(`--state-${state}`) ?? '', sight));
    const distances = seen.flatMap((one, index) =>
      seen.slice(index + 1).map((other) => distance(one, other)),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.085);
  });
});

type Triple = readonly [number, number, number];

function tokensOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/(--[\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function linearOf(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2's ratio of two colours. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other]
    .map(linearOf)
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * How a colour is seen, as Oklab.
 * @see Machado, Oliveira, Fernandes 2009, severity 1, and https://bottosson.github.io/posts/oklab/
 */
function seenAs(hex: string, sight: string): Triple {
  const seen = times(sights[sight] ?? [], linearOf(hex)).map((value) => Math.min(1, Math.max(0, value)));
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    [seen[0] ?? 0, seen[1] ?? 0, seen[2] ?? 0],
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

function distance(one: Triple, other: Triple): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function times(matrix: readonly Triple[], [x, y, z]: Triple): Triple {
  const [first = 0, second = 0, third = 0] = matrix.map(([a, b, c]) => a * x + b * y + c * z);
  return [first, second, third];
}
