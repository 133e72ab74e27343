import { count } from '@deepbelief/pictures';
import type { JSX } from 'preact';
import { Transport } from '../controls/transport.tsx';
import { FilterSheet } from '../pictures/filter-sheet.tsx';
import { usePage } from '../runs/page-state.ts';
import { layerInWords } from '../settings/layer-in-words.ts';
import { StatusLine } from '../shell/status-line.tsx';
import { AddLayerPanel } from './add-layer.tsx';
import { ClassifyPanel } from './classify.tsx';
import { GeneratePanel } from './generate.tsx';
import { Panel } from './panel.tsx';
import { FiltersPanel, PairsPanel } from './run-pictures.tsx';

/** Draws a stack that is built layer by layer, and what can be done with it. */
export function Stack(): JSX.Element {
  const { main } = usePage();
  const now = main.snapshot.value;
  const frozen = now?.frozen ?? main.settings.value.frozen;
  return (
    <>
      <Transport runs={[main]} />
      <StatusLine runs={[main]} />
      <div class="columns">
        <div class="stacked">
          <div class="pictures">
            <div class="stacked">
              <h3 class="side">
                Layer {frozen.length + 1}, in training: {layerInWords(main.settings.value.layer)}
              </h3>
              <FiltersPanel run={main} />
            </div>
            <div class="stacked">
              <h3 class="side">
                {frozen.length === 0
                  ? 'Down to pixels'
                  : `Down to pixels through ${frozen.length + 1} layers`}
              </h3>
              <PairsPanel run={main} />
              <GeneratePanel />
            </div>
          </div>
          {frozen
            .map((layer, i) => (
              <Panel
                key={i}
                id={`frozen-${i}`}
                title={`Layer ${i + 1}, frozen: ${layerInWords(layer)}`}
                aside={`after ${count(layer.steps)} steps`}
              >
                {main.frozenFilters.value[i] === undefined ? (
                  <p>
                    The page shows only filters of layers that were frozen here. This layer came
                    from a link or a file.
                  </p>
                ) : (
                  <FilterSheet
                    filters={main.frozenFilters.value[i]}
                    name={`frozen layer ${i + 1}`}
                    columns={20}
                    limit={100}
                  />
                )}
              </Panel>
            ))
            .toReversed()}
        </div>
        <div class="stacked aside">
          <AddLayerPanel />
          <ClassifyPanel />
        </div>
      </div>
    </>
  );
}
