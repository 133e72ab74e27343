import { fitStandardization, standardize, type IndexedDataset } from '@deepbelief/data';
import { add, mul, sub, tensor1d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { dataForm } from '../settings/data-form.ts';
import type { LayerSettings } from '../settings/settings.ts';
import { unitsOf } from './layer-options.ts';

/** How images with values 0 to 1 become data that suit the visible units, and back. */
export interface Preparation {
  to(images: Tensor2D): Tensor2D;
  from(data: Tensor2D): Tensor2D;
}

/**
 * Returns how images are prepared for visible units. Units whose states are any real number see
 * images of zero mean, divided by the pixels' average standard deviation (Nair & Hinton 2010,
 * section 5); spins see −1 to 1. See `dataForm`.
 *
 * @param images images that the standardization is fitted to
 */
export async function preparationFor(
  visible: LayerSettings['visible'],
  images: IndexedDataset,
): Promise<Preparation> {
  const { low, high } = unitsOf(visible).range;
  const form = dataForm({ low, high });
  if (form === 'as they are')
    return { to: (values) => values.clone(), from: (values) => values.clone() };
  if (form === 'scaled') {
    const scale = Number.isFinite(high - low) ? high - low : 1;
    const offset = Number.isFinite(low) ? low : high - 1;
    return {
      to: (values) => tidy(() => add<Tensor2D>(mul(values, scale), offset)),
      from: (values) => tidy(() => mul<Tensor2D>(sub(values, offset), 1 / scale)),
    };
  }
  const fitted = await fitStandardization(images, { mean: 'value', deviation: 'global' });
  return {
    to: (values) => standardize(values, fitted),
    from: (values) =>
      tidy(() =>
        add<Tensor2D>(mul(values, tensor1d([...fitted.divisor])), tensor1d([...fitted.offset])),
      ),
  };
}
