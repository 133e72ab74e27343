import { count } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import type { Snapshot } from '../engine/protocol.ts';
import { usePage } from '../runs/page-state.ts';
import type { Run } from '../runs/run.ts';

const states: Readonly<Record<Run['state']['value'], string>> = {
  waiting: 'loading',
  replaying: 'training the layers below',
  training: 'training',
  paused: 'paused',
  diverged: 'stopped',
};

/** Draws the state of the runs, how many digits are loaded, and what computes and why. */
export function StatusLine({ runs }: { readonly runs: readonly Run[] }): JSX.Element {
  const { backend, data } = usePage();
  const digits = data.value;
  return (
    <p class="status">
      {runs.map(({ name, snapshot, state }) => {
        const now = snapshot.value;
        return (
          <span key={name}>
            {runs.length > 1 ? `${name}: ` : ''}
            <b>{states[state.value]}</b>
            {now === undefined ? '' : whereabouts(now)}
            {runs.length > 1 ? '; ' : ' '}
          </span>
        );
      })}
      {digits === undefined ? undefined : (
        <span>
          {digits.training < digits.expected
            ? `${count(digits.training)} of ${count(digits.expected)} pictures loaded`
            : `${count(digits.training)} training and ${count(digits.test)} test pictures`}{' '}
        </span>
      )}
      {backend.value === undefined ? undefined : <span>computed by {backend.value.why}</span>}
    </p>
  );
}

function whereabouts({ depth, step, epoch, stepsPerSecond }: Snapshot): string {
  const rate = stepsPerSecond < 10 ? stepsPerSecond.toFixed(1) : count(stepsPerSecond);
  return `, layer ${depth + 1}, step ${count(step)}, epoch ${epoch.toFixed(1)}, ${rate} steps/s`;
}
