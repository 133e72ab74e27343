import { joinColumns } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Curves } from '../pictures/curves.tsx';
import type { Run } from '../runs/run.ts';
import { captions } from '../texts/captions.ts';
import { Panel } from './panel.tsx';

/**
 * Draws a chart of the reconstruction error and one of the free-energy gap, for one run or more.
 */
export function CurvePanels(props: {
  readonly runs: readonly Run[];
  readonly names: readonly string[];
}): JSX.Element {
  const { runs, names } = props;
  const curves = runs.map(({ curve }) => curve.value);
  const charts = useMemo(() => {
    const of = (which: 'error' | 'gap') => {
      const { at, columns } = joinColumns(
        curves.map((curve) => ({ at: curve.step, values: curve[which] })),
      );
      const lines = columns.map(
        (values, i) => ({ name: names[i] ?? '', values, style: i === 0 ? 1 : 2 }) as const,
      );
      return { steps: at, lines };
    };
    return { error: of('error'), gap: of('gap') };
  }, [...curves, names.join()]);
  return (
    <>
      <Panel
        id="error"
        title="Reconstruction error"
        caption={captions.error}
        formula="reconstruction"
      >
        <Curves title="Reconstruction error" {...charts.error} />
      </Panel>
      <Panel id="gap" title="Free-energy gap" caption={captions.gap} formula="gap">
        <Curves title="Free-energy gap" {...charts.gap} />
      </Panel>
    </>
  );
}
