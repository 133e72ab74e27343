import type { ComponentChildren, JSX } from 'preact';
import { Formula } from '../controls/formula.tsx';
import type { FormulaName } from '../texts/latex.ts';

/** A part of a view. */
export interface PanelProps {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Distinguishes the panel from another with the same title. */
  readonly of?: string | undefined;
  /** Text beside the title. */
  readonly aside?: string | undefined;
  readonly caption?: string;
  readonly formula?: FormulaName;
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

/** Draws a box with a heading, its content, and a sentence about it. */
export function Panel({
  id,
  title,
  of,
  aside,
  caption,
  formula,
  isWide = false,
  children,
}: PanelProps): JSX.Element {
  return (
    <section class={isWide ? 'panel wide' : 'panel'} aria-labelledby={`${id}-title`}>
      <div class="panel-head">
        <h3 id={`${id}-title`}>
          {title}
          {of === undefined ? undefined : <span class="unseen"> of the {of} machine</span>}
        </h3>
        {aside === undefined ? undefined : <span class="small">{aside}</span>}
      </div>
      {children}
      {caption === undefined ? undefined : <p>{caption}</p>}
      {formula === undefined ? undefined : <Formula name={formula} />}
    </section>
  );
}
