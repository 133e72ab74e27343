import type { JSX } from 'preact';
import { themeChoice, type ThemeChoice as Choice } from './theme.ts';

/** Draws the choice of theme: light, dark, or the same as the system. */
export function ThemeChoice(): JSX.Element {
  return (
    <label class="theme">
      Theme
      <select
        value={themeChoice.value}
        onChange={(event) => {
          themeChoice.value = event.currentTarget.value as Choice;
        }}
      >
        <option value="auto">same as system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </label>
  );
}
