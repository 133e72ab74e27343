import { effect } from '@preact/signals';
import { toAddress } from './address.ts';
import type { PageState } from './page-state.ts';

/** Returns the page's address from `?` on. */
function searchOf({ main, left, right, address }: PageState): string {
  return toAddress({
    main: main.settings.value,
    left: left.settings.value,
    right: right.settings.value,
    backend: address.backend,
  });
}

/** Keeps the page's address in step with its settings. */
export function keepAddress(page: PageState): void {
  effect(() => {
    const search = searchOf(page);
    if (search !== location.search)
      history.replaceState(null, '', `${location.pathname}${search}${location.hash}`);
  });
}

/** Copies a link that trains up to the run's current step and pauses there. */
export async function copyLink(page: PageState): Promise<void> {
  const settings = { ...page.main.settings.value, steps: page.main.snapshot.value?.step ?? 0 };
  const { left, right, address } = page;
  const search = toAddress({
    main: settings,
    left: left.settings.value,
    right: right.settings.value,
    backend: address.backend,
  });
  const link = `${location.origin}${location.pathname}${search}${location.hash}`;
  try {
    await navigator.clipboard.writeText(link);
    page.say(`Link copied. It trains up to step ${settings.steps} and pauses.`);
  } catch {
    page.say(`This browser does not let the page copy. Here is the link: ${link}`);
  }
}
