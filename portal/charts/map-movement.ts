/** A place one can move to. */
export interface Place {
  unit: string;
  centre: { x: number; y: number };
}

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Where a key leads from a place: an arrow to the nearest place in its direction, what lies aside counting double;
 * Home and End to the first and the last. `undefined` for other keys, and where nothing lies that way.
 */
export function placeAfterKey(places: readonly Place[], from: string, key: string): string | undefined {
  if (key === 'Home') return places[0]?.unit;
  if (key === 'End') return places.at(-1)?.unit;
  const direction = directions[key];
  const start = places.find(({ unit }) => unit === from);
  if (!direction || !start) return undefined;
  const [x, y] = direction;
  const candidates = places
    .map(({ unit, centre }) => {
      const across = centre.x - start.centre.x;
      const down = centre.y - start.centre.y;
      const ahead = across * x + down * y;
      const aside = Math.abs(across * y + down * x);
      return { unit, ahead, aside };
    })
    .filter(({ ahead, aside }) => ahead > 0 && aside <= ahead * 2);
  const [nearest] = candidates.sort((one, other) => distance(one) - distance(other));
  return nearest?.unit;
}

function distance({ ahead, aside }: { ahead: number; aside: number }): number {
  return ahead + 2 * aside;
}
