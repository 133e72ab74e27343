import type { LayerSettings } from './settings.ts';

/** What units are called in the page. */
export const unitNames: Readonly<Record<LayerSettings['hidden' | 'visible'], string>> = {
  nrelu: 'NReLU, rectified',
  binary: 'binary',
  'stepped-sigmoid': 'stepped sigmoid',
  relu: 'exact ReLU',
  gaussian: 'Gaussian',
  binomial: 'binomial',
  spin: '±1 spin',
};

/** A layer in a few words. */
export function layerInWords({ size, hidden }: LayerSettings): string {
  return `${size} ${hidden === 'nrelu' ? 'NReLU' : unitNames[hidden]} units`;
}
