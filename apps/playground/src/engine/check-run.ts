import { MOST_FROZEN, type LayerSettings, type RunSettings } from '../settings/settings.ts';
import { checkSettings, ELSEWHERE } from './check-settings.ts';
import { Refusal } from './problems.ts';

/** The most memory that a run may use, in bytes: what a browser tab on a small machine has. */
const MOST = 1.5 * 2 ** 30;

/**
 * Arrays as large as the weights: the weights, their velocity, two parts of the gradient, and the
 * last good copy.
 */
const WEIGHT_ARRAYS = 5;

/** Arrays as large as the states of both layers that an update holds at once. */
const STATE_ARRAYS = 4;

/** Examples that curves and pictures are made from. */
const WATCHED = 1000;

/** How large a run is. */
export interface RunSize {
  readonly settings: RunSettings;
  /** Values per example. */
  readonly inputs: number;
  /** Persistent chains, if their number is not that of a minibatch. */
  readonly chains?: number;
}

/** Estimates the bytes that a run needs, before anything is allocated. */
export function memoryOf({ settings, inputs, chains }: RunSize): number {
  const { frozen, layer } = settings;
  let visible = inputs;
  let values = 0;
  for (const { size } of frozen) {
    values += visible * size + WATCHED * size;
    visible = size;
  }
  values += WEIGHT_ARRAYS * visible * layer.size;
  const states = Math.max(WATCHED, layer.batch + (chains ?? layer.batch));
  return 4 * (values + STATE_ARRAYS * states * (visible + layer.size));
}

/**
 * Checks that a run fits into memory.
 *
 * @param file the file that the run comes from, for the sentence
 * @throws Refusal if it does not
 */
export function checkMemory(size: RunSize, file?: string): void {
  const bytes = memoryOf(size);
  if (bytes <= MOST) return;
  const { chains, settings } = size;
  const many =
    chains !== undefined && chains > settings.layer.size
      ? `, with ${chains.toLocaleString('en-US')} chains`
      : '';
  const found =
    `${(bytes / 2 ** 30).toLocaleString('en-US', { maximumFractionDigits: 1 })} GiB of ` +
    `memory${many}`;
  const whose = file === undefined ? 'These settings need' : `${file}: training it needs`;
  const remedy = file === undefined ? 'Choose fewer units or a smaller minibatch.' : ELSEWHERE;
  throw new Refusal(
    `${whose} about ${found}, but this page can use up to ${MOST / 2 ** 30} GiB. ${remedy}`,
  );
}

/**
 * Returns the settings of a run that the page can handle. Throws a Refusal as `checkSettings` and
 * `checkMemory` do.
 */
export function checkRun(size: RunSize, file?: string): RunSettings {
  const settings = checkSettings(size.settings, file);
  checkMemory(size, file);
  return settings;
}

/** Throws a Refusal if no further layer can be trained above the current one. */
export function checkNextLayer(
  settings: RunSettings,
  layer: LayerSettings,
  shape: readonly number[],
): void {
  const { frozen, layer: own } = settings;
  const most = MOST_FROZEN.made + 1;
  if (frozen.length + 1 >= most) throw new Refusal(`A stack can have up to ${most} layers here.`);
  const inputs = shape.reduce((product, side) => product * side, 1);
  checkRun({ settings: { ...settings, frozen: [...frozen, { ...own, steps: 0 }], layer }, inputs });
}
