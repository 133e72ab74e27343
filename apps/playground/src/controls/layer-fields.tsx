import type { JSX } from 'preact';
import { negativePhases, unitTypes } from '../settings/registered.ts';
import { RANGES, suitedTo, type LayerSettings } from '../settings/settings.ts';
import {
  algorithmExplained,
  explanations,
  unitsExplained,
  visibleExplained,
} from '../texts/explanations.ts';
import { CheckField } from './check-field.tsx';
import { NumberField } from './number-field.tsx';
import { labels, SelectField } from './select-field.tsx';

/** The settings of a layer. */
export interface LayerFieldsProps {
  /** Prefix of the controls' ids. */
  readonly id: string;
  readonly layer: LayerSettings;
  /** 0 for the bottom layer. */
  readonly depth: number;
  readonly onChange: (changes: Partial<LayerSettings>) => void;
}

/** Draws every setting of a layer, in groups. */
export function LayerFields(props: LayerFieldsProps): JSX.Element {
  const { id, layer, depth, onChange } = props;
  return (
    <>
      <Group title="Units" open>
        <SelectField
          id={`${id}-hidden`}
          label="Hidden units"
          value={layer.hidden}
          choices={labels(unitTypes)}
          onChange={(hidden) => onChange(suitedTo(hidden, depth))}
          {...unitsExplained(layer.hidden)}
        />
        <SelectField
          id={`${id}-visible`}
          label="Visible units"
          value={layer.visible}
          choices={labels(unitTypes)}
          onChange={(visible) => onChange({ visible })}
          {...visibleExplained(layer.visible, depth)}
        />
        <LayerNumber {...props} name="size" range="size" label="Hidden units, number" />
        <CheckField
          id={`${id}-zeroHiddenBias`}
          label="No hidden biases"
          checked={layer.zeroHiddenBias}
          onChange={(zeroHiddenBias) =>
            onChange(zeroHiddenBias ? { zeroHiddenBias, centering: false } : { zeroHiddenBias })
          }
          {...explanations.zeroHiddenBias}
        />
      </Group>
      <Group title="Learning" open>
        <SelectField
          id={`${id}-algorithm`}
          label="Negative phase"
          value={layer.algorithm}
          choices={labels(negativePhases)}
          onChange={(algorithm) => onChange({ algorithm })}
          {...algorithmExplained(layer.algorithm)}
        />
        <LayerNumber {...props} name="chainSteps" range="chainSteps" label="Gibbs steps k" />
        <LayerNumber {...props} name="rate" range="rate" label="Learning rate ε" />
        <LayerNumber {...props} name="momentum" range="momentum" label="Momentum μ" />
        <LayerNumber {...props} name="batch" range="batch" label="Minibatch n" />
      </Group>
      <Group title="Decay, sparsity, start">
        <LayerNumber {...props} name="decay" range="decay" label="Weight decay λ" />
        <LayerNumber
          {...props}
          name="sparsityCost"
          range="sparsityCost"
          label="Sparsity strength c"
        />
        <LayerNumber
          {...props}
          name="sparsityTarget"
          range="sparsityTarget"
          label="Sparsity target p"
        />
        <CheckField
          id={`${id}-centering`}
          label="Centering"
          checked={layer.centering}
          onChange={(centering) =>
            onChange(centering ? { centering, zeroHiddenBias: false } : { centering })
          }
          {...explanations.centering}
        />
        <LayerNumber {...props} name="weightScale" range="weightScale" label="Initial weights s" />
      </Group>
    </>
  );
}

type NumberName = {
  [Name in keyof LayerSettings]: LayerSettings[Name] extends number ? Name : never;
}[keyof LayerSettings];

function LayerNumber(
  props: LayerFieldsProps & {
    readonly name: NumberName & keyof typeof explanations;
    readonly range: keyof typeof RANGES;
    readonly label: string;
  },
): JSX.Element {
  const { id, name, range, label, layer, onChange } = props;
  return (
    <NumberField
      id={`${id}-${name}`}
      label={label}
      value={layer[name]}
      {...RANGES[range]}
      onChange={(value) => onChange({ [name]: value })}
      {...explanations[name]}
    />
  );
}

function Group({
  title,
  open = false,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: JSX.Element | readonly JSX.Element[];
}): JSX.Element {
  return (
    <details open={open}>
      <summary>{title}</summary>
      <div class="fields">{children}</div>
    </details>
  );
}
