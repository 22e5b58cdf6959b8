/** The strokes of each sign, in a square of 16: fonts lack some of these signs. */
const strokes = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.5v7M8 12.8v.4',
  waiting: 'M3.5 8v.1M8 8v.1M12.5 8v.1',
  none: 'M4 8h8',
  back: 'M13 12V8.5a2.5 2.5 0 0 0-2.5-2.5H4M7 3 4 6l3 3',
  down: 'M8 2.5v10M3.5 8.5 8 13l4.5-4.5',
  up: 'M8 13.5v-10M3.5 7.5 8 3l4.5 4.5',
  left: 'M13.5 8H3M7 4 3 8l4 4',
  alert: 'M8 2.5 14 13.5H2z',
  urgent: 'M8 2.5 14 13.5H2zM8 6.5v3.2M8 11.6v.1',
  right: 'M2.5 8h10.5M9 4l4 4-4 4',
} as const;

export type SignName = keyof typeof strokes;

/** A sign beside words that say the same: screen readers pass over it. */
export function Sign({ name }: { name: SignName }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={strokes[name]} />
    </svg>
  );
}
