import { shown, type OptionRule } from '@deepbelief/checks';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { decodeBundle, encodeBundle, ModelFileError, type Json } from './bundle.ts';
import { checkConfig, wholeFrom, type ConfigRules } from './check-config.ts';
import { plainData } from './plain-data.ts';

/** The rules for a position in a file. */
export const positionRules: Readonly<Record<'step' | 'epoch' | 'batch', OptionRule>> = {
  step: wholeFrom(0),
  epoch: wholeFrom(0),
  batch: wholeFrom(0),
};

/** A run that can be saved and resumed. */
export interface Resumable<Position> {
  readonly options: object;
  readonly position: Position;
  /** Tensors besides the model's, by name. The run keeps owning them. */
  state(): Readonly<Record<string, Tensor>>;
  /** Takes ownership of the tensors. */
  restore(position: Position, state: Readonly<Record<string, Tensor>>): void;
  dispose(): void;
}

/** How runs of one kind are saved in files. */
export interface CheckpointFormat<
  Model extends { dispose(): void },
  Position extends object,
  Run extends Resumable<Position>,
> {
  /** The file's kind in the header. */
  readonly kind: string;
  /** The model's name in the header, and the prefix of its tensors' names. */
  readonly model: string;
  readonly position: ConfigRules<Position>;
  readonly config: (model: Model) => Json;
  readonly tensors: (model: Model) => Readonly<Record<string, Tensor>>;
  /** Makes a model from its configuration and tensors, which it owns. Throws a ModelFileError. */
  readonly read: (
    config: Json,
    tensors: Record<string, Tensor>,
    prefix: string,
    file: string,
  ) => Model;
  /** Makes a new run. The caller keeps owning the model. */
  readonly start: (model: Model) => Run;
  /**
   * Names and shapes of everything that a run keeps at a position. Default: what a new run keeps.
   */
  readonly shapes?: (
    run: Run,
    position: Position,
  ) => Readonly<Record<string, { readonly shape: readonly number[] }>>;
}

/** Saves the whole state of a run as the bytes of a safetensors file. */
export function encodeCheckpoint<
  Model extends { dispose(): void },
  Position extends object,
  Run extends Resumable<Position>,
>(
  format: Pick<CheckpointFormat<Model, Position, Run>, 'kind' | 'model' | 'config' | 'tensors'>,
  model: Model,
  run: Run,
): Promise<Uint8Array> {
  const config = {
    [format.model]: format.config(model),
    options: plainData(run.options),
    position: plainData(run.position),
  };
  const tensors = { ...run.state() };
  for (const [name, tensor] of Object.entries(format.tensors(model)))
    tensors[`${format.model}.${name}`] = tensor;
  return encodeBundle(format.kind, config, tensors);
}

/**
 * Restores a checkpoint's run with its own model.
 *
 * @throws SafetensorsError or ModelFileError if the bytes are damaged, of another kind or of
 *   another configuration
 */
export function decodeCheckpoint<
  Model extends { dispose(): void },
  Position extends object,
  Run extends Resumable<Position>,
>(format: CheckpointFormat<Model, Position, Run>, bytes: Uint8Array, file: string): Run {
  const { config, tensors } = decodeBundle(bytes, file, format.kind, true);
  const owned: { dispose(): void }[] = [];
  try {
    const saved = (config ?? {}) as Record<string, Json>;
    const model = format.read(saved[format.model] ?? null, tensors, `${format.model}.`, file);
    owned.push(model);
    const run = format.start(model);
    owned.push(run);
    checkSameOptions(saved['options'] ?? null, plainData(run.options), file);
    const position = checkConfig<Position>(file, 'no position', saved['position'], format.position);
    const shapes = format.shapes?.(run, position) ?? run.state();
    const unknown = Object.keys(tensors).find((name) => !Object.hasOwn(shapes, name));
    if (unknown !== undefined)
      throw new ModelFileError(
        file,
        `tensor ${unknown} belongs to no run with these options; take another checkpoint`,
      );
    run.restore(position, takeState(tensors, shapes, file));
    return run;
  } catch (error) {
    for (const owner of owned) owner.dispose();
    throw error;
  } finally {
    dispose(tensors);
  }
}

/**
 * Throws a ModelFileError that names the first option that differs between a checkpoint and the run
 * that reads it.
 */
function checkSameOptions(saved: Json, expected: Json, file: string): void {
  if (JSON.stringify(saved) === JSON.stringify(expected)) return;
  const [before, now] = [saved, expected].map((json) => (json ?? {}) as Record<string, Json>);
  const names = Object.keys({ ...before, ...now });
  const name =
    names.find((key) => JSON.stringify(before?.[key]) !== JSON.stringify(now?.[key])) ?? 'options';
  const told = (value: Json | undefined): string =>
    value === undefined ? 'not given' : shown(value);
  const shortName = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  throw new ModelFileError(
    file,
    `written by a run with other options (${shortName} was ${told(before?.[name])}, is ` +
      `${told(now?.[name])}); give the same options, or start a new run`,
  );
}

/**
 * Takes a run's state out of a checkpoint's tensors and removes it from `tensors`.
 *
 * @param expected names and shapes that must be present: tensors, or only shapes
 * @throws ModelFileError if something is missing or has another shape
 */
function takeState(
  tensors: Record<string, Tensor>,
  expected: Readonly<Record<string, { readonly shape: readonly number[] }>>,
  file: string,
): Record<string, Tensor> {
  for (const [name, { shape }] of Object.entries(expected)) {
    const found = tensors[name];
    if (found === undefined)
      throw new ModelFileError(file, `tensor ${name} is missing; take another checkpoint`);
    if (found.shape.join() !== shape.join()) {
      throw new ModelFileError(
        file,
        `tensor ${name} has shape [${found.shape.join(', ')}], expected ` +
          `[${shape.join(', ')}]; take another checkpoint`,
      );
    }
  }
  const state = { ...tensors };
  for (const name of Object.keys(tensors)) delete tensors[name];
  return state;
}
