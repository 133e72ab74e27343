import type { JSX } from 'preact';
import { introductions, type ViewName } from '../texts/introductions.ts';

/** Draws the heading of a view and its introduction. */
export function Introduction({ view }: { readonly view: ViewName }): JSX.Element {
  const { title, text } = introductions[view];
  return (
    <header class="intro">
      <h2>{title}</h2>
      <p>{text}</p>
    </header>
  );
}
