import type { JSX } from 'preact';
import { usePage } from '../runs/page-state.ts';
import type { Run } from '../runs/run.ts';
import { announce } from '../shell/announce.tsx';

/** Choices of speed: updates per second, 0 for no limit. */
const speeds: readonly (readonly [number, string])[] = [
  [0, 'as fast as possible'],
  [30, '30 steps a second'],
  [10, '10 steps a second'],
  [3, '3 steps a second'],
  [1, '1 step a second'],
];

/**
 * Draws the buttons to start, pause, step and reset one run, or two at once, and the choice of
 * speed.
 */
export function Transport({ runs }: { readonly runs: readonly Run[] }): JSX.Element {
  const page = usePage();
  const isPlaying = runs.some(({ playing }) => playing.value);
  const all = (said: string, what: (run: Run) => Promise<void>) => (): void => {
    page.problem.value = undefined;
    announce(said);
    for (const run of runs) void what(run);
  };
  return (
    <div class="toolbar" role="group" aria-label="Training">
      <button
        type="button"
        class="main play"
        onClick={all(
          isPlaying ? 'Paused.' : 'Training.',
          async (run) => await (isPlaying ? run.pause() : run.play()),
        )}
      >
        {isPlaying ? 'Pause' : 'Start'}
      </button>
      <button type="button" onClick={all('One step.', async (run) => await run.step(1))}>
        One step
      </button>
      <button
        type="button"
        onClick={all(
          'Back to random weights.',
          async (run) => await run.begin(run.settings.value, run.playing.value),
        )}
        title="Back to random weights"
      >
        Reset
      </button>
      <label class="inline">
        Speed
        <select
          value={String(page.speed.value)}
          onChange={(event) => void page.setSpeed(Number(event.currentTarget.value))}
        >
          {speeds.map(([value, label]) => (
            <option key={value} value={String(value)}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
