import { signal } from '@preact/signals';
import type { JSX } from 'preact';

const text = signal('');

/** Tells screen readers what happened, once; never the progress of every step. */
export function announce(sentence: string): void {
  text.value = sentence;
}

/** Draws the page's only polite live region. */
export function Announcements(): JSX.Element {
  return (
    <div class="unseen" role="status">
      {text.value}
    </div>
  );
}
