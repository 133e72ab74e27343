import { percentage, type ModelFigures } from '@deepbelief/experiments';
import { printTable, say } from './output.ts';

/** Prints what `deepbelief evaluate` found. */
export function printFigures(figures: ModelFigures): void {
  if (figures.kind === 'classifier') printErrors(figures);
  else printLayers(figures);
}

function printErrors({
  error,
  errorByClass,
  classNames,
}: Extract<ModelFigures, { kind: 'classifier' }>): void {
  printTable(
    ['test examples', 'error'],
    [
      ['all', percentage(error)],
      ...errorByClass.map((own, i) => [`class ${classNames?.[i] ?? i}`, percentage(own)]),
    ],
  );
}

function printLayers({ layers }: Extract<ModelFigures, { kind: 'stack' }>): void {
  printTable(
    [
      'layer',
      'units',
      'reconstruction error',
      'free-energy gap',
      'mean activity',
      'dead',
      'active',
      'log pseudo-likelihood',
      'log-likelihood',
    ],
    layers.map((layer) => [
      String(layer.layer),
      `${layer.hidden} on ${layer.visible}`,
      layer.reconstructionError.toFixed(4),
      layer.freeEnergyGap.toFixed(2),
      layer.meanActivity.toFixed(4),
      percentage(layer.dead),
      percentage(layer.active),
      layer.pseudoLikelihood?.toFixed(2) ?? '',
      layer.logLikelihood?.toFixed(2) ?? '',
    ]),
  );
  say(
    'On at most 2,000 examples of each set. The free-energy gap is test minus training; ' +
      'likelihoods are in nats, of pixels thresholded at 0.5.',
  );
}
