import { inMemoryDataset, type IndexedDataset } from '@deepbelief/data';
import { foldKey, permutation, randomKey, uniforms } from '@deepbelief/random';
import { impute } from '@deepbelief/rbm';
import { DivergenceError } from '@deepbelief/training';
import { columnWidth, inputColumns, type TableColumn } from '@deepbelief/tables';
import type { ModelInputs } from './model-inputs.ts';
import { TRIAL_STEPS, type Recipe } from './recipe.ts';
import { trainLayer, type LayerListener } from './train-layer.ts';
import { valuesWithGaps } from './without-gaps.ts';

/** How well a recipe fills held-out cells. */
export interface Trial {
  readonly recipe: Recipe;
  /** Root of the mean square error of numbers, in standard deviations; NaN if there are none. */
  readonly rmse: number;
  /** Share of categories that are right; NaN if there are none. */
  readonly accuracy: number;
}

/** The most rows that are looked at. */
const MOST_ROWS = 1000;

/** Share of the known cells that is held out. */
const HELD_OUT = 0.1;

/**
 * Tries recipes on a part of the data: each fills a tenth of the cells that are known, which it has
 * not seen. Returns the trials, the best first; one that diverges is left out.
 */
export async function chooseRecipe(
  inputs: ModelInputs,
  data: IndexedDataset,
  recipes: readonly Recipe[],
  seed: number,
  listener: LayerListener & { readonly onRecipe: (recipe: Recipe, number: number) => void },
): Promise<Trial[]> {
  if (recipes.length === 0) return [];
  const key = foldKey(randomKey(seed), 'trial');
  const rows = Math.min(MOST_ROWS, data.size);
  const indices = permutation(foldKey(key, 'rows'), data.size).slice(0, rows);
  const whole = await valuesWithGaps(data, Uint32Array.from(indices));
  const columns = inputColumns(inputs.schema);
  const width = whole.length / rows;
  const shown = holdOut(
    columns,
    whole,
    width,
    uniforms(foldKey(key, 'cells'), rows * columns.length),
  );
  const part = inMemoryDataset({
    name: data.name,
    inputs: shown,
    shape: [width],
    missing: 'nan',
  });
  const trials: Trial[] = [];
  for (const [i, recipe] of recipes.entries()) {
    listener.onRecipe(recipe, i);
    const short = { ...recipe, steps: TRIAL_STEPS };
    const plan = { name: `trial ${i + 1}`, visible: inputs.units, recipe: short, seed };
    try {
      const { rbm } = await trainLayer(part, plan, listener);
      try {
        const filled = await impute(rbm, shown, { seed, burnIn: 20, sweeps: 50 });
        trials.push({ recipe, ...figuresOf(columns, { whole, shown, filled }, width) });
      } finally {
        rbm.dispose();
      }
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
    }
  }
  return trials.toSorted((a, b) => lossOf(a) - lossOf(b));
}

function lossOf({ rmse, accuracy }: Trial): number {
  return (Number.isNaN(rmse) ? 0 : rmse) + (Number.isNaN(accuracy) ? 0 : 1 - accuracy);
}

/** The values without some of the cells. */
function holdOut(
  columns: readonly TableColumn[],
  whole: Float32Array,
  width: number,
  drawn: Float32Array,
): Float32Array {
  const shown = whole.slice();
  for (let start = 0, cell = 0; start < whole.length; start += width) {
    let at = start;
    for (const column of columns) {
      const end = at + columnWidth(column);
      if (drawn[cell++]! < HELD_OUT) shown.fill(NaN, at, end);
      at = end;
    }
  }
  return shown;
}

function figuresOf(
  columns: readonly TableColumn[],
  { whole, shown, filled }: Readonly<Record<'whole' | 'shown' | 'filled', Float32Array>>,
  width: number,
): Omit<Trial, 'recipe'> {
  let [squares, numbers, right, categories] = [0, 0, 0, 0];
  for (let start = 0; start < whole.length; start += width) {
    let at = start;
    for (const column of columns) {
      const end = at + columnWidth(column);
      if (Number.isNaN(shown[at]) && !Number.isNaN(whole[at])) {
        if (column.kind === 'number' || column.kind === 'count') {
          const scale = column.kind === 'count' ? Math.sqrt(Math.max(1, whole[at]!)) : 1;
          squares += ((filled[at]! - whole[at]!) / scale) ** 2;
          numbers++;
        } else {
          right += Number(stateOf(filled, at, end) === stateOf(whole, at, end));
          categories++;
        }
      }
      at = end;
    }
  }
  return { rmse: Math.sqrt(squares / numbers), accuracy: right / categories };
}

/** The number of the category. */
function stateOf(values: Float32Array, start: number, end: number): number {
  const own = values.subarray(start, end);
  return own.length === 1 ? Math.round(own[0]!) : own.indexOf(Math.max(...own));
}
