import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Pictures } from '../engine/protocol.ts';
import { DigitSheet, noPictures } from '../pictures/digit-sheet.tsx';
import { usePage } from '../runs/page-state.ts';
import { Panel } from './panel.tsx';

/** Number of pictures. */
const COUNT = 20;

/** Draws the panel that generates pictures from the top of the stack. */
export function GeneratePanel(): JSX.Element {
  const { engine, data } = usePage();
  const [pictures, setPictures] = useState<Pictures>();
  const [steps, setSteps] = useState(50);
  const [label, setLabel] = useState('any');
  const [isBusy, setBusy] = useState(false);
  const generate = async (): Promise<void> => {
    setBusy(true);
    const from = label === 'any' ? {} : { label: Number(label) };
    const made = await engine.ask('generate', { run: 'main', count: COUNT, steps, ...from });
    setBusy(false);
    if (made !== undefined) setPictures(made);
  };
  const classes = data.value?.classes ?? 0;
  return (
    <Panel
      id="generate"
      title="Generate from the top"
      caption={
        'Starts from the features of test digits, runs Gibbs sampling between the two top ' +
        'layers, and carries the result down to pixels.'
      }
      formula="generate"
    >
      <DigitSheet
        pictures={pictures ?? noPictures(COUNT)}
        columns={10}
        label={
          pictures === undefined
            ? 'Nothing has been generated yet.'
            : `${COUNT} pictures generated from the top layer.`
        }
      />
      <div class="toolbar">
        <button type="button" onClick={() => void generate()} aria-disabled={isBusy}>
          {isBusy ? 'Generating' : 'Generate'}
        </button>
        <label class="inline">
          Start from
          <select value={label} onChange={(event) => setLabel(event.currentTarget.value)}>
            <option value="any">any digit</option>
            {Array.from({ length: classes }, (_, digit) => (
              <option key={digit} value={String(digit)}>
                {digit}
              </option>
            ))}
          </select>
        </label>
        <label class="inline">
          Gibbs steps
          <select
            value={String(steps)}
            onChange={(event) => setSteps(Number(event.currentTarget.value))}
          >
            {[1, 10, 50, 200, 1000].map((choice) => (
              <option key={choice} value={String(choice)}>
                {choice}
              </option>
            ))}
          </select>
        </label>
      </div>
    </Panel>
  );
}
