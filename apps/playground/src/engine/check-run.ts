import { MOST_FROZEN, type LayerSettings, type RunSettings } from '../settings/settings.ts';
import { checkSettings, ELSEWHERE } from './check-settings.ts';
import { Refusal } from './problems.ts';

/**
 * The most memory that a run may take, in bytes: what a tab of a browser on a small machine has.
 */
const MOST = 1.5 * 2 ** 30;

/**
 * Arrays as large as the weights: themselves, their velocity, two gradients' parts and the last
 * good copy.
 */
const WEIGHT_ARRAYS = 5;

/** Arrays as large as the states of both sides that an update has at once. */
const STATE_ARRAYS = 4;

/** Examples that curves and pictures are made of. */
const WATCHED = 1000;

/** How large a run is. */
export interface RunSize {
  readonly settings: RunSettings;
  /** Values of an example. */
  readonly inputs: number;
  /** Persistent chains, where they are other than a minibatch. */
  readonly chains?: number;
}

/** The bytes that a run takes, about, before anything is made of it. */
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
 * Looks whether a run fits into memory.
 *
 * @param file the file that it is of, for the sentence
 * @throws Refusal when it does not
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
  const whose = file === undefined ? 'These settings take' : `${file}: training it takes`;
  const remedy = file === undefined ? 'Choose fewer units or a smaller minibatch.' : ELSEWHERE;
  throw new Refusal(
    `${whose} about ${found}, but this page takes up to ${MOST / 2 ** 30} GiB. ${remedy}`,
  );
}

/**
 * Settings of a run that the page can carry. Throws a Refusal as `checkSettings` and `checkMemory`.
 */
export function checkRun(size: RunSize, file?: string): RunSettings {
  const settings = checkSettings(size.settings, file);
  checkMemory(size, file);
  return settings;
}

/** Throws a Refusal where no further layer can be trained above the one in training. */
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
