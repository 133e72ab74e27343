import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';

/** What the visitor chose; `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark';

const KEY = 'deepbelief-theme';

/** Returns the stored choice. Storage may be denied; the choice then lasts as long as the page. */
function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'auto';
  } catch {
    return 'auto';
  }
}

const system =
  typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;
const systemIsDark = signal(system?.matches ?? false);
system?.addEventListener('change', (event) => {
  systemIsDark.value = event.matches;
});

export const themeChoice = signal<ThemeChoice>(
  typeof localStorage === 'undefined' ? 'auto' : stored(),
);

/** Whether the page is dark now. */
export const darkTheme: ReadonlySignal<boolean> = computed(() =>
  themeChoice.value === 'auto' ? systemIsDark.value : themeChoice.value === 'dark',
);

/** Applies the theme to the page and stores the visitor's choice. */
export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset['theme'] = darkTheme.value ? 'dark' : 'light';
    try {
      if (themeChoice.value === 'auto') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, themeChoice.value);
    } catch {
      // The choice is not stored if storage is denied.
    }
  });
}
