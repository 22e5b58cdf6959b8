/** A rectangle around a shape. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How many numbers a command takes; its end point is the last two of them, or the last one for `h` and `v`. */
const argumentCounts: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6 };

/**
 * The rectangle around the largest part of a path, through its end points: an island off the coast does not move
 * it. Knows the commands m, l, h, v, c and z, in both cases; throws a `SyntaxError` for others.
 */
export function boxOfPath(path: string): Box {
  const boxes = partsOf(path).map(boxOf);
  const [largest] = boxes.sort((one, other) => areaOf(other) - areaOf(one));
  if (!largest) throw new SyntaxError(`a path without points: ${path.slice(0, 40)}`);
  return largest;
}

type Spot = readonly [x: number, y: number];

/** The end points of each part of a path, a part beginning at each `m`. */
function partsOf(path: string): Spot[][] {
  const parts: Spot[][] = [];
  let part: Spot[] = [];
  let at: Spot = [0, 0];
  for (const [, letter = '', list = ''] of path.matchAll(/([a-df-z])([^a-df-z]*)/gi)) {
    const command = letter.toLowerCase();
    if (command === 'z') {
      at = part[0] ?? at;
      continue;
    }
    const size = argumentCounts[command];
    if (size === undefined) throw new SyntaxError(`an unknown path command: ${letter}`);
    const numbers = [...list.matchAll(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/gi)].map(Number);
    for (let index = 0; index + size <= numbers.length; index += size) {
      at = endOf(command, letter === command, at, numbers.slice(index, index + size));
      if (command === 'm' && index === 0) {
        part = [];
        parts.push(part);
      }
      part.push(at);
    }
  }
  return parts;
}

function endOf(command: string, isRelative: boolean, [x, y]: Spot, numbers: readonly number[]): Spot {
  const [fromX, fromY] = isRelative ? [x, y] : [0, 0];
  const [last = 0] = numbers.slice(-1);
  if (command === 'h') return [fromX + last, y];
  if (command === 'v') return [x, fromY + last];
  return [fromX + (numbers.at(-2) ?? 0), fromY + last];
}

function boxOf(spots: readonly Spot[]): Box {
  const xs = spots.map(([x]) => x);
  const ys = spots.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function areaOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}
