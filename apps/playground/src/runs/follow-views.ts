import { effect, untracked } from '@preact/signals';
import { currentView } from '../shell/current-view.ts';
import type { ViewName } from '../texts/introductions.ts';
import type { PageState } from './page-state.ts';

/**
 * After this many steps, training rests while the visitor draws: a model that changes under the pen
 * is hard to follow.
 */
const LEARNED = 300;

/**
 * Lets only the runs that the view shows train. The others rest, and continue when they are shown
 * again.
 */
export function followViews(page: PageState): void {
  effect(() => {
    const view = currentView.value;
    untracked(() => arrange(page, view));
  });
}

function arrange({ main, left, right }: PageState, view: ViewName): void {
  const isDrawing = view === 'draw' && (main.snapshot.value?.step ?? 0) >= LEARNED;
  const shown = view === 'compare' ? [left, right] : isDrawing ? [] : [main];
  for (const run of [main, left, right]) {
    if (shown.includes(run)) void run.wake();
    else void run.rest();
  }
}
