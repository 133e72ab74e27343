import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { takeDropped } from '../runs/files.ts';
import { usePage } from '../runs/page-state.ts';
import { remediesOf } from '../runs/remedies.ts';
import { introductions, type ViewName } from '../texts/introductions.ts';
import { Compare } from '../views/compare.tsx';
import { Draw } from '../views/draw.tsx';
import { Learn } from '../views/learn.tsx';
import { Stack } from '../views/stack.tsx';
import { Announcements } from './announce.tsx';
import { currentView } from './current-view.ts';
import { Introduction } from './introduction.tsx';
import { Navigation } from './navigation.tsx';
import { Notice } from './notice.tsx';
import { ThemeChoice } from './theme-choice.tsx';

const views: Readonly<Record<ViewName, ComponentType>> = {
  learn: Learn,
  stack: Stack,
  draw: Draw,
  compare: Compare,
};

/** Draws the whole page. */
export function Page(): JSX.Element {
  const view = currentView.value;
  const View = views[view];
  const isDropping = useDrop();
  useEffect(() => {
    document.title = `${introductions[view].link} – deepbelief playground`;
  }, [view]);
  return (
    <div class={isDropping ? 'dropping' : undefined}>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <header class="top">
        <h1>deepbelief playground</h1>
        <Navigation />
        <ThemeChoice />
      </header>
      <main id="main" tabIndex={-1}>
        <Introduction view={view} />
        <Problems />
        <Messages />
        <View />
      </main>
      <footer class="bottom">
        <p>
          After V. Nair and G. Hinton, “Rectified Linear Units Improve Restricted Boltzmann
          Machines”, ICML 2010 (“paper”), and G. Hinton, “A Practical Guide to Training Restricted
          Boltzmann Machines”, 2010. Everything is computed in this page; nothing is sent anywhere.
        </p>
      </footer>
      <Announcements />
    </div>
  );
}

/** Skips to the content without changing the address, which names the view. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

function Problems(): JSX.Element | null {
  const page = usePage();
  const problem = page.problem.value;
  return problem === undefined ? null : (
    <Notice text={problem.sentence} isBad remedies={remediesOf(page, problem)} />
  );
}

function Messages(): JSX.Element | null {
  const { message } = usePage();
  if (message.value === undefined) return null;
  const dismiss = (): void => {
    message.value = undefined;
  };
  return (
    <div class="notice">
      <p>{message.value}</p>
      <button type="button" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}

/** Accepts files dropped anywhere on the page; returns true while something is dragged over it. */
function useDrop(): boolean {
  const page = usePage();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    const out = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer === null) return;
      void takeDropped(page, event.dataTransfer.items);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', out);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', out);
      removeEventListener('drop', drop);
    };
  }, [page]);
  return isOver;
}
