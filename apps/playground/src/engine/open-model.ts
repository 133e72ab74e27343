import { readBundleHeader } from '@deepbelief/training';
import { Dbn, decodeDbn } from '@deepbelief/dbn';
import {
  decodeRbm,
  decodeTrainer,
  ModelFileError,
  RbmTrainer,
  type Rbm,
  type ResolvedTrainingOptions,
} from '@deepbelief/rbm';
import type { LayerSettings, RunSettings } from '../settings/settings.ts';
import { checkRun } from './check-run.ts';
import { ELSEWHERE } from './check-settings.ts';
import { trainingOptions } from './layer-options.ts';
import { Refusal } from './problems.ts';
import type { NamedFile, SavedKind } from './protocol.ts';
import { optionsOf, settingsOfRbm, settingsOfTraining } from './settings-of-model.ts';

/** What was read from a file: the layers below, and a trainer of the top one. */
export interface OpenedModel {
  readonly kind: SavedKind | 'rbm';
  readonly settings: RunSettings;
  readonly below: Dbn;
  readonly trainer: RbmTrainer;
}

/** The largest file that is opened, in bytes. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * Opens a stack, an RBM or a checkpoint from this page or the command line. A stack's top layer can
 * be trained further with the given settings.
 *
 * @param inputs values per example of the dataset in use
 * @throws Refusal, SafetensorsError or ModelFileError for any other file
 */
export function openModel(file: NamedFile, settings: RunSettings, inputs: number): OpenedModel {
  const { name, bytes } = file;
  if (bytes.length > MOST_BYTES) {
    const size = (bytes.length / 2 ** 20).toLocaleString('en-US', { maximumFractionDigits: 0 });
    throw new Refusal(
      `${name} is ${size} MiB, but this page opens models of up to ${MOST_BYTES / 2 ** 20} MiB. ` +
        ELSEWHERE,
    );
  }
  const { kind, config } = readBundleHeader(bytes, name);
  const owned: { dispose(): void }[] = [];
  try {
    if (kind === 'rbm training checkpoint') {
      const { options } = (config ?? {}) as unknown as {
        readonly options?: ResolvedTrainingOptions;
      };
      const trainer = trainerOf(file, options ?? {});
      owned.push(trainer, trainer.rbm);
      const layer = {
        ...settings.layer,
        ...settingsOfRbm(trainer.rbm, name),
        ...settingsOfTraining(trainer.options, trainer.position.epoch),
      };
      checkInputs(trainer.rbm, inputs, name);
      const { seed, batchSize, negativePhase } = trainer.options;
      const { chains = batchSize } = negativePhase;
      const size = { settings: { ...settings, seed, frozen: [], layer }, inputs };
      const opened = checkRun({ ...size, ...(chains !== batchSize && { chains }) }, name);
      return { kind: 'checkpoint', settings: opened, below: new Dbn(), trainer };
    }
    if (kind !== 'dbn' && kind !== 'rbm') {
      throw new ModelFileError(
        name,
        `the file holds a ${kind}. Open a stack, an RBM, an RBM's checkpoint or a classifier, ` +
          'as this page or deepbelief train saves them.',
      );
    }
    const all = kind === 'dbn' ? [...decodeDbn(bytes, name).layers] : [decodeRbm(bytes, name)];
    for (const rbm of all) owned.push(rbm);
    const top = all.at(-1);
    if (top === undefined)
      throw new Refusal(`${name} holds a stack without layers. Open another file.`);
    checkInputs(all[0]!, inputs, name);
    const known = all.map((rbm) => settingsOfRbm(rbm, name));
    const layer: LayerSettings = { ...settings.layer, ...known.at(-1) };
    const frozen = known.slice(0, -1).map((own) => ({ ...settings.layer, ...own, steps: 0 }));
    const opened = checkRun({ settings: { ...settings, frozen, layer }, inputs }, name);
    const trainer = new RbmTrainer(top, trainingOptions(layer, settings.seed, frozen.length));
    const below = new Dbn();
    for (const rbm of all.slice(0, -1)) below.push(rbm);
    return { kind: kind === 'dbn' ? 'stack' : 'rbm', settings: opened, below, trainer };
  } catch (error) {
    for (const owner of owned) owner.dispose();
    throw error;
  }
}

/**
 * Returns the trainer of a checkpoint. Its options come from the file, so an error in them is the
 * file's fault.
 */
function trainerOf(
  { name, bytes }: NamedFile,
  options: Partial<ResolvedTrainingOptions>,
): RbmTrainer {
  try {
    return decodeTrainer(bytes, name, optionsOf(options));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ModelFileError(name, `${error.message}. The file is damaged: open another copy.`);
  }
}

function checkInputs(rbm: Rbm, inputs: number, name: string): void {
  if (rbm.visible.size === inputs) return;
  throw new Refusal(
    `${name} is a model for ${rbm.visible.size} values per example, but the data in use have ` +
      `${inputs}. Open a model for data of this size, or choose other data.`,
  );
}
