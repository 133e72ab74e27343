import type { ComponentChildren, JSX } from 'preact';
import type { FormulaName } from '../texts/latex.ts';
import { Formula } from './formula.tsx';

/** What is shown below every control. */
export interface Explanation {
  /** A sentence for a newcomer. */
  readonly note: string;
  readonly formula?: FormulaName;
  /** The source, such as `paper, section 2`. */
  readonly source?: string;
}

/** What every control needs. */
export interface FieldProps extends Explanation {
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  readonly disabled?: boolean;
}

/** Draws a control's label above it, and its note, formula and source below it. */
export function Field(
  props: FieldProps & { readonly error?: string | undefined; readonly children: ComponentChildren },
): JSX.Element {
  const { id, label, note, formula, source, error, children } = props;
  return (
    <div class="field">
      <div class="field-row">
        <label for={id}>{label}</label>
        {children}
      </div>
      {error === undefined ? undefined : (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      <div class="field-note" id={`${id}-note`}>
        <p>
          {note} {source === undefined ? undefined : <cite>{source}</cite>}
        </p>
        {formula === undefined ? undefined : <Formula name={formula} />}
      </div>
    </div>
  );
}
