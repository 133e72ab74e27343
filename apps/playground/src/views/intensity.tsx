import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Drawing, Sweep } from '../engine/protocol.ts';
import { Formula } from '../controls/formula.tsx';
import { Curves } from '../pictures/curves.tsx';
import { usePage } from '../runs/page-state.ts';
import type { Run } from '../runs/run.ts';
import { unitTypes } from '../settings/registered.ts';
import { layerInWords } from '../settings/layer-in-words.ts';
import { Panel } from './panel.tsx';
import { key } from './use-drawing.ts';

/** The intensities in the chart. */
const intensities = Float32Array.from({ length: 20 }, (_, i) => (i + 1) / 10);

/** Steps that Compare's two machines are trained here before their features are compared. */
const ENOUGH = 600;

/** The drawing to compare. */
export interface IntensityPanelProps {
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly drawing: Drawing | undefined;
  readonly intensity: number;
  readonly withoutBiases: boolean;
}

/**
 * Shows how the direction of features changes as the ink gets fainter, for rectified and binary
 * units with and without hidden biases.
 */
export function IntensityPanel({
  pixels,
  drawing,
  intensity,
  withoutBiases,
}: IntensityPanelProps): JSX.Element {
  const { left, right } = usePage();
  const isBlank = !pixels.some((ink) => ink > 0);
  const rows = [
    { run: left, sweep: useSweep(left, pixels, false), biases: 'with biases' },
    { run: left, sweep: useSweep(left, pixels, true), biases: 'without' },
    { run: right, sweep: useSweep(right, pixels, false), biases: 'with biases' },
    { run: right, sweep: useSweep(right, pixels, true), biases: 'without' },
  ];
  const [leftWith, leftWithout, rightWith] = rows.map(({ sweep }) => sweep);
  const names = [left, right].map(
    ({ settings }) => unitTypes[settings.value.layer.hidden]!.label,
  ) as [string, string];
  const chart = useMemo(() => {
    const line = (name: string, sweep: Sweep | undefined, style: 1 | 2 | 3) => ({
      name,
      values:
        sweep === undefined
          ? []
          : Array.from(sweep.cosines, (value) => (Number.isNaN(value) ? null : value)),
      style,
    });
    const lines = [
      line(`${names[0]}, no biases`, leftWithout, 1),
      line(names[0], leftWith, 3),
      line(names[1], rightWith, 2),
    ];
    return { steps: [...intensities], lines };
  }, [leftWith, leftWithout, rightWith, ...names]);
  const cosine = drawing?.cosine ?? NaN;
  const ratio = drawing?.ratio ?? NaN;
  return (
    <Panel id="cosine" title="Do features keep their direction?">
      {isBlank || Number.isNaN(ratio) ? (
        <p>Draw something, then change the intensity.</p>
      ) : (
        <p>
          At α = {intensity.toFixed(2)} the features of this stack
          {withoutBiases ? ', without hidden biases,' : ''} have a cosine of{' '}
          <b>{cosine.toFixed(4)}</b> with those at full ink and <b>{ratio.toFixed(2)}</b> times
          their length.
        </p>
      )}
      <Formula name="cosine" />
      <PairState left={left} right={right} />
      <Curves title="Cosine over intensity α" axis="intensity α" {...chart} />
      <table class="figures">
        <caption>
          Cosine of features at α = {nearest(intensity).toFixed(1)} with those at 1, the two
          machines of Compare
        </caption>
        <thead>
          <tr>
            <th scope="col">Hidden units</th>
            <th scope="col">Biases</th>
            <th scope="col" class="figure">
              Cosine
            </th>
            <th scope="col" class="figure">
              Length
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ run, sweep, biases }) => (
            <tr key={`${run.name} ${biases}`}>
              <th scope="row">{layerInWords(run.settings.value.layer)}</th>
              <td>{biases}</td>
              <td class="figure">{valueAt(sweep?.cosines, intensity, 4)}</td>
              <td class="figure">{valueAt(sweep?.ratios, intensity, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Without biases, a rectified unit that is off stays off, and one that is on scales with the
        ink: α times the ink gives α times the features, in the same direction. A binary unit
        becomes a coin toss as the ink fades and saturates as it darkens, so the direction changes.
      </p>
    </Panel>
  );
}

/**
 * Shows how far the two machines have been trained, and trains them for a moment if they are new.
 */
function PairState({
  left,
  right,
}: {
  readonly left: Run;
  readonly right: Run;
}): JSX.Element | null {
  const steps = Math.min(left.snapshot.value?.step ?? 0, right.snapshot.value?.step ?? 0);
  useEffect(() => {
    for (const run of [left, right]) {
      if (!run.hasBegun.value) void run.begin();
      else if ((run.snapshot.value?.step ?? 0) < ENOUGH) void run.play();
    }
  }, []);
  useEffect(() => {
    for (const run of [left, right]) {
      if ((run.snapshot.value?.step ?? 0) >= ENOUGH) void run.rest();
    }
  }, [left.snapshot.value?.step, right.snapshot.value?.step]);
  return steps >= ENOUGH ? null : (
    <p>
      The two machines of Compare train for a moment first, to have something to compare: step{' '}
      {steps} of {ENOUGH}.
    </p>
  );
}

/**
 * Returns the cosines and lengths of a run's features at all intensities. Asks again a moment after
 * the drawing stops changing.
 */
function useSweep(
  run: Run,
  pixels: Float32Array<ArrayBuffer>,
  withoutBiases: boolean,
): Sweep | undefined {
  const { engine } = usePage();
  const [sweep, setSweep] = useState<Sweep>();
  const now = run.snapshot.value;
  useEffect(() => {
    if (now === undefined) return undefined;
    const timer = setTimeout(async () => {
      const answer = await engine.ask('sweep', {
        run: run.name,
        pixels,
        withoutBiases,
        intensities,
      });
      if (answer !== undefined) setSweep(answer);
    }, 200);
    return () => clearTimeout(timer);
  }, [key(pixels), withoutBiases, now?.step]);
  return sweep;
}

function nearest(intensity: number): number {
  return Math.min(2, Math.max(0.1, Math.round(intensity * 10) / 10));
}

function valueAt(values: Float32Array | undefined, intensity: number, digits: number): string {
  const value = values?.[Math.round(nearest(intensity) * 10) - 1];
  return value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);
}
