import { effect, untracked } from '@preact/signals';
import { currentView } from '../shell/current-view.ts';
import type { ViewName } from '../texts/introductions.ts';
import type { PageState } from './page-state.ts';

/**
 * Steps after which training rests while one draws: a model that moves under the pen is hard to
 * follow.
 */
const LEARNED = 300;

/**
 * Lets those runs train that the view shows; the others rest and go on when they are shown again.
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
