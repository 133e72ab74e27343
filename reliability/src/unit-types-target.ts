import { useBackend } from '@deepbelief/backend';
import { unitsFromConfig, type UnitParameters, type UnitsConfig } from '@deepbelief/units';
import { dispose, Tensor, tidy } from '@tensorflow/tfjs-core';
import type { KernelCall } from './kernel-call.ts';
import { drawKernelCall } from './kernel-calls.ts';
import { areIntact, makeAll } from './kernel-tensors.ts';
import { promise, type Target } from './target.ts';

/** A function of a unit type, its argument, and what to pass instead of parameters or a key. */
interface UnitsCall {
  readonly method: (typeof METHODS)[number];
  readonly call: KernelCall;
}

const METHODS = [
  'energy',
  'logNormalizer',
  'mean',
  'variance',
  'mode',
  'activation',
  'sample',
  'parameterGradients',
  'parameterMoments',
] as const;

/** Every function of every unit type. */
export const unitFunctions: Target<UnitsCall> = {
  name: 'unit-types',
  about:
    'every function of every unit type on wasm: configurations, shapes, types, disposed ' +
    'tensors, keys',
  async prepare() {
    await useBackend({ backend: 'wasm' });
    return {
      refusals: [RangeError],
      input: (draws) => ({ method: draws.pick(METHODS), call: drawKernelCall(draws) }),
      run({ method, call }) {
        const { tensors, canaries } = makeAll(call);
        for (const [name, spec] of Object.entries(call.inputs))
          if (spec.disposed === true) tensors[name]!.dispose();
        try {
          tidy(() => {
            const units = unitsFromConfig(
              (call.attributes['units'] ?? { type: 'nrelu' }) as UnitsConfig,
            );
            const {
              states,
              bias: _,
              weights: __,
              ...parameters
            } = tensors as Record<string, never>;
            const key = call.attributes['key'] as never;
            const given =
              Object.keys(parameters).length === 0 ? undefined : (parameters as UnitParameters);
            const found =
              method === 'sample'
                ? units.sample(states!, key, given)
                : units[method](states!, given);
            for (const one of found instanceof Tensor ? [found] : Object.values(found)) {
              promise(!one.dataSync().some(Number.isNaN), 'a value is NaN');
            }
          });
        } finally {
          const intact = areIntact(canaries);
          dispose([...canaries, tensors]);
          promise(intact, 'a tensor beside those of the call has changed');
        }
      },
    };
  },
};
