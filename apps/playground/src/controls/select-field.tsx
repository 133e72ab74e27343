import type { JSX } from 'preact';
import { Field, type FieldProps } from './field.tsx';

/** Returns choices as a `SelectField` needs them: pairs of a value and its label. */
export function labels(
  choices: Readonly<Record<string, { readonly label: string }>>,
): [value: string, label: string][] {
  return Object.entries(choices).map(([name, { label }]) => [name, label]);
}

/** A choice from a short list. */
export interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, label: string])[];
  readonly onChange: (value: Value) => void;
}

/** Draws a choice from a short list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>): JSX.Element {
  const { id, value, choices, onChange, disabled } = props;
  return (
    <Field {...props}>
      <select
        id={id}
        value={value}
        disabled={disabled ?? false}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.currentTarget.value as Value)}
      >
        {choices.map(([choice, label]) => (
          <option key={choice} value={choice} selected={choice === value}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}
