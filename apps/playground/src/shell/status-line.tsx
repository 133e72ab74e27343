import { count } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { usePage } from '../runs/page-state.ts';
import type { Run } from '../runs/run.ts';

const states: Readonly<Record<Run['state']['value'], string>> = {
  waiting: 'loading',
  replaying: 'training the layers below',
  training: 'training',
  paused: 'paused',
  diverged: 'stopped',
};

/** Where runs stand, what computes and why, and how many digits are there. */
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
            {now === undefined
              ? ''
              : `, layer ${now.depth + 1}, step ${count(now.step)}, epoch ${now.epoch.toFixed(1)}, ` +
                `${now.stepsPerSecond < 10 ? now.stepsPerSecond.toFixed(1) : count(now.stepsPerSecond)} steps/s`}
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
