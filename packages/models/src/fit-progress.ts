import type { FitOptions } from './fit-options.ts';
import type { Recipe } from './recipe.ts';

/** How much there is to do. */
export interface FitWork {
  readonly trials: number;
  readonly layers: number;
  readonly classifier: boolean;
}

type OnStep = (epoch: number, epochs: number) => void;

/** Tells how far `fit` is, and ends it where its signal says so. */
export interface FitReporter {
  trial(): { readonly onStep: OnStep; readonly onRecipe: (recipe: Recipe, n: number) => void };
  layer(number: number): { readonly onStep: OnStep };
  tuning(): OnStep;
}

/** Makes a reporter: trials, layers and the classifier count as one unit of work each. */
export function fitProgress(
  { onProgress, signal }: Pick<FitOptions, 'onProgress' | 'signal'>,
  { trials, layers, classifier }: FitWork,
): FitReporter {
  const all = trials + layers + Number(classifier);
  const report =
    (before: number, stage: string): OnStep =>
    (epoch, epochs) => {
      signal?.throwIfAborted();
      const detail = `epoch ${Math.min(epoch + 1, epochs)} of ${epochs}`;
      onProgress?.({ stage, detail, fraction: (before + epoch / epochs) / all });
    };
  return {
    trial() {
      let current: OnStep = () => undefined;
      return {
        onRecipe: ({ units, size }, n) => {
          const stage = `trial ${n + 1} of ${trials}: ${size} ${units} units`;
          current = report(n, stage);
        },
        onStep: (epoch, epochs) => current(epoch, epochs),
      };
    },
    layer: (number) => ({ onStep: report(trials + number, `layer ${number + 1}`) }),
    tuning: () => report(trials + layers, 'classifier'),
  };
}
