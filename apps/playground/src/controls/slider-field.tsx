import type { JSX } from 'preact';
import { Field, type FieldProps } from './field.tsx';

/** A slider. */
export interface SliderFieldProps extends FieldProps {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words. */
  readonly text: string;
  readonly onInput: (value: number) => void;
}

/** Draws a slider with its value beside it. */
export function SliderField(props: SliderFieldProps): JSX.Element {
  const { id, value, min, max, step, text, onInput, disabled } = props;
  return (
    <Field {...props}>
      <span class="slider">
        <input
          id={id}
          type="range"
          value={value}
          min={min}
          max={max}
          step={step}
          disabled={disabled ?? false}
          aria-valuetext={text}
          aria-describedby={`${id}-note`}
          onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
        />
        <output for={id}>{text}</output>
      </span>
    </Field>
  );
}
