import type { Tensor } from '@tensorflow/tfjs-core';
import { ModelFileError, type Json } from './bundle.ts';

/** A value as plain data: what JSON keeps of it. */
export function plainData(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Throws a ModelFileError that names the first option in which a checkpoint and the run that wants it differ. */
export function checkSameOptions(saved: Json, expected: Json, file: string): void {
  if (JSON.stringify(saved) === JSON.stringify(expected)) return;
  const [before, now] = [saved, expected].map((json) => (json ?? {}) as Record<string, Json>);
  const names = Object.keys({ ...before, ...now });
  const name = names.find((key) => JSON.stringify(before?.[key]) !== JSON.stringify(now?.[key])) ?? 'options';
  throw new ModelFileError(
    file,
    `written by a run with other options (${name} was ${JSON.stringify(before?.[name])}, ` +
      `is ${JSON.stringify(now?.[name])}); give the same options, or start a new run`,
  );
}

/**
 * Takes a trainer's state out of a checkpoint's tensors, which leave `tensors`.
 *
 * @param expected what must be there, in its shape: the state of a trainer that has just been made, or shapes alone
 * @throws ModelFileError when something is missing or has another shape
 */
export function takeState(
  tensors: Record<string, Tensor>,
  expected: Readonly<Record<string, { readonly shape: readonly number[] }>>,
  file: string,
): Record<string, Tensor> {
  for (const [name, { shape }] of Object.entries(expected)) {
    const found = tensors[name];
    if (found === undefined) throw new ModelFileError(file, `tensor ${name} is missing; take another checkpoint`);
    if (found.shape.join() !== shape.join()) {
      throw new ModelFileError(
        file,
        `tensor ${name} has shape [${found.shape.join(', ')}], expected [${shape.join(', ')}]; take another checkpoint`,
      );
    }
  }
  const state = { ...tensors };
  for (const name of Object.keys(tensors)) delete tensors[name];
  return state;
}
