import type { JSX } from 'preact';
import type { RunSettings } from '../settings/settings.ts';
import { explanations } from '../texts/explanations.ts';
import { NumberField } from './number-field.tsx';

/** The settings of a whole run. */
export interface RunFieldsProps {
  readonly id: string;
  readonly settings: RunSettings;
  readonly onChange: (changes: Partial<RunSettings>) => void;
}

/** Draws the settings of a whole run: seed, examples and when to stop. */
export function RunFields({ id, settings, onChange }: RunFieldsProps): JSX.Element {
  return (
    <details>
      <summary>Seed and data</summary>
      <div class="fields">
        <NumberField
          id={`${id}-seed`}
          label="Seed"
          value={settings.seed}
          min={0}
          max={4294967295}
          step={1}
          onChange={(seed) => onChange({ seed })}
          {...explanations.seed}
        />
        <NumberField
          id={`${id}-examples`}
          label="Training digits"
          value={settings.examples}
          min={10}
          max={10000}
          step={1}
          onChange={(examples) => onChange({ examples })}
          {...explanations.examples}
        />
        <NumberField
          id={`${id}-steps`}
          label="Pause after step T"
          value={settings.steps}
          min={0}
          max={1000000}
          step={1}
          onChange={(steps) => onChange({ steps })}
          {...explanations.steps}
        />
      </div>
    </details>
  );
}
