import { fitStandardization, standardize, type IndexedDataset } from '@deepbelief/data';
import { add, mul, sub, tensor1d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { LayerSettings } from '../settings/settings.ts';

/** How images with values 0 to 1 become data that suit the visible units, and back. */
export interface Preparation {
  to(images: Tensor2D): Tensor2D;
  from(data: Tensor2D): Tensor2D;
}

/**
 * Gaussian units see images of zero mean, divided by the pixels' average standard deviation (Nair &
 * Hinton 2010, section 5); spins see −1 to 1; all others see the images as they are.
 *
 * @param images what the standardization is fitted to
 */
export async function preparationFor(
  visible: LayerSettings['visible'],
  images: IndexedDataset,
): Promise<Preparation> {
  if (visible === 'spin') {
    return {
      to: (values) => tidy(() => sub<Tensor2D>(mul(values, 2), 1)),
      from: (values) => tidy(() => mul<Tensor2D>(add(values, 1), 0.5)),
    };
  }
  if (visible !== 'gaussian')
    return { to: (values) => values.clone(), from: (values) => values.clone() };
  const fitted = await fitStandardization(images, { mean: 'value', deviation: 'global' });
  return {
    to: (values) => standardize(values, fitted),
    from: (values) =>
      tidy(() =>
        add<Tensor2D>(mul(values, tensor1d([...fitted.divisor])), tensor1d([...fitted.offset])),
      ),
  };
}
