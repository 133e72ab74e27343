import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Field, type FieldProps } from './field.tsx';
import { numberComplaint } from './number-complaint.ts';

/** A number field. */
export interface NumberFieldProps extends FieldProps {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** What the arrow keys add, or `any`. If it is a whole number, so must the value be. */
  readonly step: number | 'any';
  readonly onChange: (value: number) => void;
}

/**
 * Draws a number field. Text that is not a number in range is reported below the field and changes
 * nothing.
 */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const { id, value, min, max, step, onChange, disabled } = props;
  const [text, setText] = useState(String(value));
  const [error, setError] = useState<string>();
  useEffect(() => {
    setText(String(value));
    setError(undefined);
  }, [value]);
  const commit = (typed: string): void => {
    setText(typed);
    const complaint = numberComplaint(typed, min, max, step);
    setError(complaint && `${props.label}: ${complaint}.`);
    if (complaint === undefined && Number(typed) !== value) onChange(Number(typed));
  };
  return (
    <Field {...props} error={error}>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        value={text}
        min={min}
        max={max}
        step={step}
        disabled={disabled ?? false}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? `${id}-note` : `${id}-error ${id}-note`}
        onChange={(event) => commit(event.currentTarget.value)}
      />
    </Field>
  );
}
