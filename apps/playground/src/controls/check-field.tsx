import type { JSX } from 'preact';
import { Field, type FieldProps } from './field.tsx';

/** A check box. */
export interface CheckFieldProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Draws a check box. */
export function CheckField(props: CheckFieldProps): JSX.Element {
  const { id, checked, onChange, disabled } = props;
  return (
    <Field {...props}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled ?? false}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Field>
  );
}
