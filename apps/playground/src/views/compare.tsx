import type { JSX } from 'preact';
import { SettingsPanel } from '../controls/settings-panel.tsx';
import { Transport } from '../controls/transport.tsx';
import { usePage } from '../runs/page-state.ts';
import { layerInWords } from '../settings/layer-in-words.ts';
import { StatusLine } from '../shell/status-line.tsx';
import { CurvePanels } from './curve-panels.tsx';
import { ActivityPanel, FantasiesPanel, FiltersPanel, PairsPanel } from './run-pictures.tsx';

/** Draws two machines that learn the same data. */
export function Compare(): JSX.Element {
  const { left, right } = usePage();
  const runs = [left, right];
  const names = runs.map(({ settings }) => layerInWords(settings.value.layer));
  const [a, b] = names[0] === names[1] ? ['left', 'right'] : names;
  return (
    <>
      <Transport runs={runs} />
      <StatusLine runs={runs} />
      <div class="stacked">
        <div class="pictures">
          {runs.map((run, i) => (
            <div class="stacked" key={run.name}>
              <h3 class="side">
                {i === 0 ? 'Left' : 'Right'}: {names[i]}
              </h3>
              <FiltersPanel run={run} columns={15} />
              <PairsPanel run={run} />
              <ActivityPanel run={run} />
              <FantasiesPanel run={run} />
            </div>
          ))}
          <CurvePanels runs={runs} names={[a!, b!]} />
          <SettingsPanel run={left} title="Settings of the left machine" together={runs} />
          <SettingsPanel run={right} title="Settings of the right machine" together={runs} />
        </div>
      </div>
    </>
  );
}
