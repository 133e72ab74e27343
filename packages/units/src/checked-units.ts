import { argumentError, checkFloats, floatStates, shown } from '@deepbelief/checks';
import { checkKey } from '@deepbelief/random';
import { tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { keepNaN, keepNaNOfColumns, keepNaNOfRows } from './keep-nan.ts';
import { MEAN_MARGIN } from './input-for-mean.ts';
import { checkLayerSize } from './layer-size.ts';
import type { StateRange, Units, UnitParameters, UnitsConfig } from './units.ts';

/** Units by the configurations made here. These are frozen, so they need no second check. */
const made = new WeakMap<UnitsConfig, Units>();

/** Returns the units that have this very object as their `config`. */
export function unitsOfConfig(config: UnitsConfig): Units | undefined {
  return made.get(config);
}

/** Defaults for most unit types: they learn nothing and have infinitely many states. */
type Optional =
  | 'rectified'
  | 'groupSize'
  | 'states'
  | 'parameterBounds'
  | 'initialParameters'
  | 'parameterGradients'
  | 'parameterMoments';

/** A unit type as defined in its own file. */
export type UnitsDefinition = Omit<Units, Optional | 'type' | 'checkSize'> &
  Partial<Pick<Units, Optional | 'checkSize'>> & {
    /** Whether its functions by themselves return NaN where an input is NaN. Default false. */
    readonly keepsNaN?: boolean;
  };

const usual: Pick<Units, Optional> = {
  rectified: false,
  groupSize: 1,
  states: undefined,
  parameterBounds: {},
  initialParameters: () => ({}),
  parameterGradients: () => ({}),
  parameterMoments: () => ({}),
};

/**
 * Makes units from their definition. All types come through here, and every function checks its
 * arguments: inputs and states become float32 with at least one row (integers and booleans are
 * cast), and parameters and keys must exist and fit. Definitions can rely on this. NaN in an input
 * gives NaN in the result.
 */
export function checkedUnits(definition: UnitsDefinition): Units {
  const { keepsNaN = false, ...defined } = definition;
  const { config } = definition;
  const { type } = config;
  const units: Omit<Units, 'type' | 'checkSize'> = { ...usual, ...defined };
  const group = units.groupSize;
  const checkSize =
    definition.checkSize ?? ((size: number): void => checkLayerSize(type, size, group));
  const learned = Object.keys(units.parameterBounds);

  const checkParameters = (
    where: string,
    parameters: UnitParameters | undefined,
    size: number,
  ): void => {
    for (const name of learned) {
      const parameter = parameters?.[name];
      if (parameter === undefined) {
        throw argumentError(
          `${where}: parameters.${name} is missing, expected a tensor of shape [${size}]; ` +
            'initialParameters has its start',
        );
      }
      checkFloats(where, `parameters.${name}`, parameter, [size]);
    }
    if (parameters === undefined) return;
    for (const name in parameters) {
      if (learned.includes(name)) continue;
      const expected = learned.length === 0 ? 'no parameters' : `only ${learned.join(', ')}`;
      throw argumentError(`${where}: unknown parameter ${name}, expected ${expected}`);
    }
  };
  type Compute<R> = (values: Tensor2D, parameters: UnitParameters | undefined) => R;
  const checked = <R>(name: string, what: string, compute: Compute<R>): Compute<R> => {
    const where = `${type}.${name}`;
    return (values, parameters) => {
      const isFloat = values?.dtype === 'float32';
      const run = (): R => {
        const floats = floatStates(where, what, values, undefined);
        checkSize(floats.shape[1]);
        checkParameters(where, parameters, floats.shape[1]);
        return compute(floats, parameters);
      };
      return isFloat ? run() : (tidy(run as never) as R);
    };
  };

  const elementwise = (name: string, compute: Compute<Tensor2D>): Compute<Tensor2D> =>
    checked(name, 'input', (x, parameters) =>
      keepsNaN ? compute(x, parameters) : tidy(() => keepNaN(x, compute(x, parameters), group)),
    );
  const ofRows = (name: string, what: string, compute: Compute<Tensor1D>): Compute<Tensor1D> =>
    checked(name, what, (x, parameters) => tidy(() => keepNaNOfRows(x, compute(x, parameters))));

  type OwnParameters = Record<string, Tensor1D>;
  const ofUnits = (
    name: string,
    what: string,
    compute: Compute<OwnParameters>,
  ): Compute<OwnParameters> =>
    checked(name, what, (values, parameters) =>
      tidy(() =>
        Object.fromEntries(
          Object.entries(compute(values, parameters)).map(([key, found]) => [
            key,
            keepNaNOfColumns(values, found),
          ]),
        ),
      ),
    );

  const result: Units = {
    ...units,
    type,
    checkSize,
    config: Object.freeze(config),
    energy: ofRows('energy', 'states', (states, parameters) => units.energy(states, parameters)),
    logNormalizer: ofRows('logNormalizer', 'input', (x, parameters) =>
      units.logNormalizer(x, parameters),
    ),
    mean: elementwise('mean', (x, parameters) => units.mean(x, parameters)),
    variance: elementwise('variance', (x, parameters) => units.variance(x, parameters)),
    mode: elementwise('mode', (x, parameters) => units.mode(x, parameters)),
    activation: checked('activation', 'input', (x, parameters) => units.activation(x, parameters)),
    sample(input, key, parameters) {
      checkKey(`${type}.sample`, key);
      return elementwise('sample', (x) => units.sample(x, key, parameters))(input, parameters);
    },
    inputForMean: (means) => units.inputForMean(checkMeans(type, means, units.range)),
    initialParameters(size) {
      checkSize(size);
      return units.initialParameters(size);
    },
    parameterGradients: ofUnits('parameterGradients', 'states', (states, parameters) =>
      units.parameterGradients(states, parameters),
    ),
    parameterMoments: ofUnits('parameterMoments', 'input', (x, parameters) =>
      units.parameterMoments(x, parameters),
    ),
  };
  made.set(config, result);
  return result;
}

/** Rounding may put the means of data slightly outside the data's range. */
function checkMeans(type: string, means: Float32Array, { low, high }: StateRange): Float32Array {
  if (!(means instanceof Float32Array)) {
    throw argumentError(
      `${type}.inputForMean: the means are ${shown(means)}, expected a Float32Array`,
    );
  }
  means.forEach((mean, i) => {
    const slack = MEAN_MARGIN * Math.max(1, Math.abs(mean));
    if (Number.isFinite(mean) && mean >= low - slack && mean <= high + slack) return;
    const from = low === -Infinity ? '' : ` from ${low}`;
    const bounds = high === Infinity ? from : `${from} to ${high}`;
    const remedy = Number.isFinite(mean) ? '; scale the data, or take another unit type' : '';
    throw argumentError(
      `${type}.inputForMean: mean[${i}] is ${mean}, expected a finite number${bounds}${remedy}`,
    );
  });
  return means;
}
