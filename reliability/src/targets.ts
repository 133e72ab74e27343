import { arrayTargets } from './array-targets.ts';
import { commandLine } from './command-line-target.ts';
import { idxTargets } from './idx-targets.ts';
import { imageTargets } from './image-targets.ts';
import { kernels } from './kernel-targets.ts';
import { lfwTargets } from './lfw-targets.ts';
import { modelTargets } from './model-targets.ts';
import { norbTargets } from './norb-targets.ts';
import { optionTargets } from './option-targets.ts';
import { playgroundTargets } from './playground-targets.ts';
import { runFiles } from './run-files-target.ts';
import { runFolder } from './run-folder-target.ts';
import { safetensorsTargets } from './safetensors-targets.ts';
import { tableTargets } from './table-targets.ts';
import type { Target } from './target.ts';
import { tuningOptionTargets } from './tuning-option-targets.ts';
import { unitFunctions } from './unit-types-target.ts';

/** Everything that `npm run fuzz` tries. */
export const TARGETS: readonly Target[] = [
  ...idxTargets,
  ...arrayTargets,
  ...tableTargets,
  ...safetensorsTargets,
  ...norbTargets,
  ...lfwTargets,
  ...imageTargets,
  ...modelTargets,
  ...optionTargets,
  ...tuningOptionTargets,
  ...playgroundTargets,
  commandLine,
  runFiles,
  runFolder,
  kernels,
  unitFunctions,
];

/** Finds a target by name. Throws a RangeError if there is none. */
export function findTarget(name: string): Target {
  const found = TARGETS.find((target) => target.name === name);
  if (found !== undefined) return found;
  throw new RangeError(
    `--target is ${name}, expected one of ${TARGETS.map((target) => target.name).join(', ')}`,
  );
}
