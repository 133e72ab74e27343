import { progressDisplay } from './progress-display.ts';

/** Shows how many rows are done. */
export interface RowProgress {
  update(rows: number): void;
  done(): void;
}

/** Rows after which something is shown: less is over at once. */
const SHOWN_FROM = 2048;

/** Shows on standard error how many rows a verb has done, where that takes longer. */
export function rowProgress(name: string): RowProgress {
  let display: ReturnType<typeof progressDisplay> | undefined;
  return {
    update(rows) {
      if (rows < SHOWN_FROM) return;
      display ??= progressDisplay(new Map([[name, 1]]));
      // How many there will be is not known: the bar comes close to its end and never reaches it.
      const fraction = rows / (rows + 10 * SHOWN_FROM);
      display.update({ job: name, stage: 'rows', fraction, detail: String(rows) });
    },
    done: () => display?.done(),
  };
}
