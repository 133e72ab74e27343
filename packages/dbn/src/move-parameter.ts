import { limitNorms, nonZeros, withZeros } from '@deepbelief/training';
import type { Factors } from '@deepbelief/kernels';
import { scheduled } from '@deepbelief/rbm';
import { keep, tidy, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { ResolvedFineTuningOptions } from './fine-tuning-options.ts';
import type { Optimizer, OptimizerStep } from './optimizer.ts';

/** A parameter of a net, with what decides how it moves. */
export interface NetParameter {
  /** Weights, which decay and whose norms are bounded, have names that end in `.weights`. */
  readonly name: string;
  readonly value: Tensor;
  /** Which layer it belongs to, counted from 0; the output comes last. */
  readonly layer: number;
}

/**
 * Moves a parameter of a net as its fine-tuning options say. Parameter and memory are taken over,
 * as by `Optimizer`.
 *
 * @param epoch epochs done, fractions counted, for the schedule
 * @param step steps done before this one
 */
export function moveParameter(
  optimizer: Optimizer,
  options: Pick<
    ResolvedFineTuningOptions,
    'learningRate' | 'layerRates' | 'weightDecay' | 'maxNorm' | 'keepZeros'
  >,
  { name, value, layer }: NetParameter,
  memory: Readonly<Record<string, Tensor>>,
  gradient: Tensor | Factors,
  { epoch, step }: { readonly epoch: number; readonly step: number },
): OptimizerStep<Tensor> {
  const rate = scheduled(options.learningRate, epoch) * options.layerRates[layer]!;
  const isWeights = name.endsWith('.weights');
  // Before the update, which may be made in place.
  const kept = isWeights && options.keepZeros ? nonZeros(value) : undefined;
  const moved = optimizer.update(
    value,
    memory,
    gradient,
    rate,
    step,
    isWeights ? options.weightDecay : 0,
  );
  if (!isWeights || (kept === undefined && options.maxNorm === undefined)) return moved;
  const limited = tidy(() => {
    const zeroed = kept === undefined ? moved.parameter : withZeros(moved.parameter, kept);
    return keep(
      options.maxNorm === undefined ? zeroed : limitNorms(zeroed as Tensor2D, options.maxNorm),
    );
  });
  kept?.dispose();
  moved.parameter.dispose();
  return { ...moved, parameter: limited };
}
