import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { NumberField } from '../controls/number-field.tsx';
import { labels, SelectField } from '../controls/select-field.tsx';
import { usePage } from '../runs/page-state.ts';
import { MOST_FROZEN, RANGES, suitedTo, type LayerSettings } from '../settings/settings.ts';
import { unitTypes } from '../settings/registered.ts';
import { explanations, unitsExplained } from '../texts/explanations.ts';
import { Panel } from './panel.tsx';

/** The most layers of a stack made here. */
const MOST = MOST_FROZEN.made + 1;

/** Draws the settings of the next layer, and the button that freezes this one and begins it. */
export function AddLayerPanel(): JSX.Element {
  const { main } = usePage();
  const { layer } = main.settings.value;
  const [chosen, setHidden] = useState<LayerSettings['hidden']>();
  const [size, setSize] = useState(100);
  const now = main.snapshot.value;
  const depth = now?.depth ?? 0;
  const hidden = chosen ?? layer.hidden;
  // The states of the layer below are modeled by units of the same kind.
  const next = { ...layer, ...suitedTo(hidden, depth + 1), visible: layer.hidden, size };
  const isFull = depth + 1 >= MOST;
  return (
    <Panel
      id="add-layer"
      title="Add a layer"
      caption={
        isFull
          ? `A stack can have up to ${MOST} layers here.`
          : 'A frozen layer no longer changes. Its features are the data of the next layer. ' +
            'Learn has more settings.'
      }
    >
      <button
        type="button"
        class="main"
        disabled={isFull || now === undefined || now.state === 'replaying'}
        onClick={() => void main.freeze(next)}
      >
        Freeze layer {depth + 1}, train layer {depth + 2}
      </button>
      <div class="fields">
        <SelectField
          id="next-hidden"
          label="Its hidden units"
          value={hidden}
          choices={labels(unitTypes)}
          onChange={setHidden}
          {...unitsExplained(hidden)}
        />
        <NumberField
          id="next-size"
          label="How many"
          value={size}
          {...RANGES.size}
          onChange={setSize}
          {...explanations.size}
        />
      </div>
    </Panel>
  );
}
