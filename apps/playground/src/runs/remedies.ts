import type { Remedy as EngineRemedy } from '../engine/protocol.ts';
import type { Remedy } from '../shell/notice.tsx';
import { toAddress } from './address.ts';
import type { RunProblem } from './asking.ts';
import type { PageState } from './page-state.ts';
import type { Run } from './run.ts';

/** Returns the buttons beside a problem. */
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
  const mend = (): void => {
    page.problem.value = undefined;
    void mending(page, run, remedy);
  };
  return [{ label: remedy.label, onClick: mend }, dismiss];
}

/** Applies a remedy. */
async function mending(page: PageState, run: Run, remedy: EngineRemedy): Promise<void> {
  switch (remedy.kind) {
    case 'change':
      await run.changeLayer(remedy.layer, true);
      break;
    case 'reset':
      await run.begin();
      break;
    case 'digits':
      await useDigits(page);
      break;
    case 'wasm':
      reloadOnWasm(page);
      break;
  }
}

/** Goes back from the visitor's own files to the digits. */
export async function useDigits(page: PageState): Promise<void> {
  if ((await page.engine.ask('useDigits', {})) !== undefined) await page.beginAgain();
}

function reloadOnWasm({ main, left, right }: PageState): void {
  const settings = {
    main: main.settings.value,
    left: left.settings.value,
    right: right.settings.value,
  };
  location.search = toAddress({ ...settings, backend: 'wasm' });
}
