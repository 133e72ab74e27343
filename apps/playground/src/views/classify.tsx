import { percent } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { NumberField } from '../controls/number-field.tsx';
import { Curves } from '../pictures/curves.tsx';
import { usePage } from '../runs/page-state.ts';
import type { ClassificationReport } from '../engine/protocol.ts';
import { Panel } from './panel.tsx';

/**
 * Draws the panel that fine-tunes a softmax on the stack and on the same net from random weights.
 */
export function ClassifyPanel(): JSX.Element {
  const page = usePage();
  const report = page.classification.value;
  const [settings, set] = useState({ epochs: 10, rate: 0.001, examples: 1000 });
  const isRunning = report !== undefined && !report.done;
  const start = async (): Promise<void> => {
    page.classification.value = undefined;
    await page.engine.ask('classify', { run: 'main', ...settings });
  };
  const canClassify = (page.data.value?.classes ?? 0) > 0;
  return (
    <Panel id="classify" title="Classify" formula="softmax">
      <p>
        Adds a softmax on top and trains the whole net on labels. The same net is also trained from
        random weights, to show what unsupervised learning is worth.
      </p>
      {canClassify ? (
        <button
          type="button"
          class={isRunning ? undefined : 'main'}
          onClick={() =>
            void (isRunning ? page.engine.ask('stopClassifying', { run: 'main' }) : start())
          }
        >
          {isRunning ? 'Stop' : 'Fine-tune both'}
        </button>
      ) : (
        <p>These pictures have no labels, so there is nothing to classify.</p>
      )}
      {report === undefined ? undefined : <ErrorCurves report={report} />}
      <div class="fields">
        <NumberField
          id="classify-examples"
          label="Labeled digits"
          value={settings.examples}
          min={10}
          max={10000}
          step={1}
          onChange={(examples) => set({ ...settings, examples })}
          note="The fewer labels, the more a good start is worth."
          source="paper, 5"
        />
        <NumberField
          id="classify-epochs"
          label="Epochs"
          value={settings.epochs}
          min={1}
          max={200}
          step={1}
          onChange={(epochs) => set({ ...settings, epochs })}
          note="How many times training goes through the labeled digits."
        />
        <NumberField
          id="classify-rate"
          label="Fine-tuning rate"
          value={settings.rate}
          min={0.0001}
          max={1}
          step="any"
          onChange={(rate) => set({ ...settings, rate })}
          note="How far each step goes. Large steps undo what the layers have learned."
        />
      </div>
    </Panel>
  );
}

function ErrorCurves({ report }: { readonly report: ClassificationReport }): JSX.Element {
  const { points } = report;
  const chart = useMemo(
    () => ({
      steps: points.map(({ step }) => step),
      lines: [
        { name: 'stack', values: points.map((point) => 100 * point.pretrained), style: 1 },
        { name: 'random weights', values: points.map((point) => 100 * point.random), style: 2 },
      ] as const,
    }),
    [points],
  );
  const last = points.at(-1);
  return (
    <>
      <Curves title="Test error in percent" {...chart} />
      {last === undefined ? undefined : (
        <p>
          {report.done ? 'In the end' : 'So far'}, the stack gets{' '}
          <b>{percent(last.pretrained, 1)}</b> of the test digits wrong, and the same net from
          random weights <b>{percent(last.random, 1)}</b>.
        </p>
      )}
    </>
  );
}
