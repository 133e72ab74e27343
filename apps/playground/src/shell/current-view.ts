import { signal, type ReadonlySignal } from '@preact/signals';
import { viewNames, type ViewName } from '../texts/introductions.ts';

/** Returns the view that the address names after `#`, or the first view if it names none. */
export function viewOf(hash: string): ViewName {
  const name = hash.replace(/^#/, '');
  return viewNames.find((view) => view === name) ?? viewNames[0];
}

const current = signal<ViewName>(
  typeof location === 'undefined' ? viewNames[0] : viewOf(location.hash),
);

/** The view that is shown. */
export const currentView: ReadonlySignal<ViewName> = current;

/** Changes the view when the address changes. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    current.value = viewOf(location.hash);
  });
}
