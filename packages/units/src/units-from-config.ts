import { shown } from '@deepbelief/checks';
import { binary } from './binary.ts';
import { binomial, type BinomialOptions } from './binomial.ts';
import { unitsOfConfig } from './checked-units.ts';
import { gaussian } from './gaussian.ts';
import { nrelu } from './nrelu.ts';
import { pooledBinary } from './pooled-binary.ts';
import type { BlockOptions } from './pooling-blocks.ts';
import { relu } from './relu.ts';
import { softmax, type SoftmaxOptions } from './softmax.ts';
import { spin } from './spin.ts';
import { steppedSigmoid } from './stepped-sigmoid.ts';
import type { Units, UnitsConfig } from './units.ts';

type Options = Omit<UnitsConfig, 'type'>;

/**
 * Every unit type by name. Each factory checks its options, so options from a file are checked too.
 */
const FACTORIES: Readonly<Record<string, (options: Options) => Units>> = {
  binary: (options) => binary(options as Record<string, never>),
  binomial: (options) => binomial(options as Options & BinomialOptions),
  gaussian: (options) => gaussian(options),
  nrelu: (options) => nrelu(options),
  'pooled-binary': (options) => pooledBinary(options as Options & BlockOptions),
  relu: (options) => relu(options as Record<string, never>),
  softmax: (options) => softmax(options as Options & SoftmaxOptions),
  spin: (options) => spin(options as Record<string, never>),
  'stepped-sigmoid': (options) => steppedSigmoid(options),
};

/**
 * Makes the units that a configuration names, such as `{ type: 'gaussian', sigma: 2 }` or the value
 * of `Units.config`.
 *
 * @throws RangeError if the type is unknown (it lists the known ones), or an option is unknown,
 *   missing or out of range
 */
export function unitsFromConfig(config: UnitsConfig): Units {
  const known = unitsOfConfig(config);
  if (known !== undefined) return known;
  const { type, ...options } = { ...config };
  const make =
    typeof type === 'string' && Object.hasOwn(FACTORIES, type) ? FACTORIES[type] : undefined;
  if (make === undefined) {
    const names = Object.keys(FACTORIES).join(', ');
    throw new RangeError(`unitsFromConfig: type is ${shown(type)}, expected one of ${names}`);
  }
  return make(options);
}
