import type { JSX } from 'preact';
import type { Run } from '../runs/run.ts';
import type { RunSettings } from '../settings/settings.ts';
import { LayerFields } from './layer-fields.tsx';
import { RunFields } from './run-fields.tsx';

/** The settings of a run. */
export interface SettingsPanelProps {
  readonly run: Run;
  readonly title: string;
  /** Runs that share the seed and the data, this one included. */
  readonly together?: readonly Run[];
}

/** Draws all settings of a run; each change restarts it. */
export function SettingsPanel({ run, title, together = [run] }: SettingsPanelProps): JSX.Element {
  const settings = run.settings.value;
  const changeAll = (changes: Partial<RunSettings>): void => {
    for (const each of together) void each.change(changes);
  };
  return (
    <section class="panel settings" aria-labelledby={`${run.name}-settings`}>
      <h3 id={`${run.name}-settings`}>{title}</h3>
      <p>A change restarts the run. The page’s address holds all settings.</p>
      <LayerFields
        id={run.name}
        layer={settings.layer}
        depth={settings.frozen.length}
        onChange={(changes) => void run.changeLayer(changes)}
      />
      <RunFields id={run.name} settings={settings} onChange={changeAll} />
    </section>
  );
}
