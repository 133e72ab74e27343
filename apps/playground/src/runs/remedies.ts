import type { Remedy } from '../shell/notice.tsx';
import { toAddress } from './address.ts';
import type { RunProblem } from './asking.ts';
import type { PageState } from './page-state.ts';

/** The buttons beside a problem. */
export function remediesOf(page: PageState, problem: RunProblem): readonly Remedy[] {
  const run = page.runs.find(({ name }) => name === problem.run) ?? page.main;
  const dismiss: Remedy = {
    label: 'Dismiss',
    onClick: () => {
      page.problem.value = undefined;
    },
  };
  const { remedy } = problem;
  if (remedy === undefined) return [dismiss];
  const mend = (how: () => Promise<void>): Remedy => ({
    label: remedy.label,
    onClick: () => {
      page.problem.value = undefined;
      void how();
    },
  });
  switch (remedy.kind) {
    case 'change':
      return [mend(async () => await run.changeLayer(remedy.layer, true)), dismiss];
    case 'reset':
      return [mend(async () => await run.begin()), dismiss];
    case 'digits':
      return [mend(async () => await useDigits(page)), dismiss];
    case 'wasm':
      return [mend(async () => await Promise.resolve(reloadOnWasm(page))), dismiss];
  }
}

/** Goes back from one's own files to the digits. */
export async function useDigits(page: PageState): Promise<void> {
  if ((await page.engine.ask('useDigits', {})) !== undefined) await page.beginAgain();
}

function reloadOnWasm({ main, left, right }: PageState): void {
  const settings = { main: main.settings.value, left: left.settings.value, right: right.settings.value };
  location.search = toAddress({ ...settings, backend: 'wasm' });
}
