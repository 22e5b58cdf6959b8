import { Presets, SingleBar } from 'cli-progress';

/** A step of long work that shows how far it has come. */
export interface Progress {
  advance(note?: string): void;
  done(): void;
}

/**
 * Starts the bar of one step: `Tháng 3/2022 · March 2022 ████████ 42/63 tệp`. Where the output is no
 * terminal, the bar is printed now and then as a line.
 */
export function startProgress(title: string, total: number): Progress {
  const bar = new SingleBar(
    {
      format: `${title.padEnd(44)} {bar} {value}/{total} {note}`,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 5000,
      barsize: 24,
      linewrap: false,
      forceRedraw: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { note: '' });
  return {
    advance: (note = '') => bar.increment(1, { note }),
    done: () => {
      bar.update({ note: '' });
      bar.stop();
    },
  };
}
