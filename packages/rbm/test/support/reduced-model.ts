import type { PartConfig, UnitsConfig } from '@deepbelief/units';
import {
  referenceFreeEnergy,
  visibleStates,
  logSumExp,
  type ReferenceModel,
} from './enumerated-model.ts';

/** A row of data; `undefined` where a value is missing. */
export type Gappy = readonly (number | undefined)[];

/** The model of some of the visible units. A softmax group is kept or left as a whole. */
export function reducedModel(
  model: ReferenceModel,
  keep: (unit: number) => boolean,
): ReferenceModel {
  const only = <T>(values: readonly T[]): T[] => values.filter((_, i) => keep(i));
  return {
    ...model,
    visible: reducedConfig(model.visible, model.visibleBias.length, keep),
    visibleBias: only(model.visibleBias),
    weights: only(model.weights),
    logPrecision: only(model.logPrecision),
  };
}

function reducedConfig(
  config: UnitsConfig,
  size: number,
  keep: (unit: number) => boolean,
): UnitsConfig {
  const whole = [{ units: config, size }];
  const given = config.type === 'mixed' ? (config['parts'] as readonly PartConfig[]) : whole;
  let start = 0;
  const parts = given.map(({ units, size: n }) => {
    const kept = Array.from({ length: n }, (_, i) => start + i).filter(keep).length;
    start += n;
    return { units, size: kept };
  });
  return { type: 'mixed', parts: parts.filter((part) => part.size > 0) };
}

/** log Σ exp(−F) over the states that the gaps may have. */
export function logOfObserved(model: ReferenceModel, row: Gappy): number {
  const missing = reducedModel(model, (i) => row[i] === undefined);
  if (missing.visibleBias.length === 0) return -referenceFreeEnergy(model, row as number[]);
  return logSumExp(
    visibleStates(missing).map(({ state, logFactor }) => {
      const rest = [...state];
      return (
        logFactor -
        referenceFreeEnergy(
          model,
          row.map((value) => value ?? rest.shift()!),
        )
      );
    }),
  );
}
