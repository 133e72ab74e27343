import type { JSX } from 'preact';
import { introductions, viewNames } from '../texts/introductions.ts';
import { currentView } from './current-view.ts';

/** Draws links to the views. */
export function Navigation(): JSX.Element {
  return (
    <nav aria-label="Views">
      {viewNames.map((view) => (
        <a
          key={view}
          href={`#${view}`}
          aria-current={currentView.value === view ? 'page' : undefined}
        >
          {introductions[view].link}
        </a>
      ))}
    </nav>
  );
}
