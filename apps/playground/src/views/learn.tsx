import type { JSX } from 'preact';
import { FilesPanel } from '../controls/files-panel.tsx';
import { SettingsPanel } from '../controls/settings-panel.tsx';
import { Transport } from '../controls/transport.tsx';
import { usePage } from '../runs/page-state.ts';
import { StatusLine } from '../shell/status-line.tsx';
import { CurvePanels } from './curve-panels.tsx';
import { ActivityPanel, FantasiesPanel, FiltersPanel, PairsPanel } from './run-pictures.tsx';

/** Draws one machine as it learns, with everything that can be seen of it. */
export function Learn(): JSX.Element {
  const { main } = usePage();
  return (
    <>
      <Transport runs={[main]} />
      <StatusLine runs={[main]} />
      <div class="columns">
        <div class="pictures">
          <div class="stacked">
            <FiltersPanel run={main} />
            <FantasiesPanel run={main} />
            <ActivityPanel run={main} />
          </div>
          <div class="stacked">
            <PairsPanel run={main} />
            <CurvePanels runs={[main]} names={['this run']} />
          </div>
        </div>
        <div class="stacked aside">
          <SettingsPanel
            run={main}
            title={`Settings of layer ${main.settings.value.frozen.length + 1}`}
          />
          <FilesPanel />
        </div>
      </div>
    </>
  );
}
