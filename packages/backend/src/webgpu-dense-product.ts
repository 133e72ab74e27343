/** The parameters of a dense shader. */
export interface DenseShape {
  /** Rows of `states` per invocation; a workgroup has 16 times as many. */
  readonly rowsEach: number;
  /** `weights` is [units, depth] instead of [depth, units]. */
  readonly transposed: boolean;
  /** `states` is an array of vec4<f32>: the depth is a multiple of 4. */
  readonly statesVector: boolean;
  /**
   * `weights` (unless transposed), `bias` and the outputs are vec4 arrays: the number of units is a
   * multiple of 4.
   */
  readonly unitsVector: boolean;
}

/** Columns that a workgroup computes. */
export const DENSE_COLUMNS = 64;

/** Enough workgroups to keep a GPU busy; with fewer, workgroups get smaller. */
const MANY_WORKGROUPS = 96;

/**
 * Returns the most rows per invocation that leave enough workgroups, so that weights are read as
 * few times as possible.
 */
export function rowsEachInvocation(batch: number, units: number): number {
  const across = Math.ceil(units / DENSE_COLUMNS);
  const most = Math.min(8, Math.ceil(batch / 16));
  const choices = [most, 4, 2, 1].filter((rows) => rows <= most);
  return (
    choices.find((rows) => across * Math.ceil(batch / (16 * rows)) >= MANY_WORKGROUPS) ??
    choices.at(-1)!
  );
}

/**
 * WGSL for the product of a small batch of states with large weights, plus bias, in either layout
 * of the weights.
 *
 * A workgroup of 16 × 16 invocations goes along the depth in slices of 16. It loads them into
 * workgroup memory as vec4s: states along the depth, weights along the units, whatever their layout
 * outside. Each invocation sums `rowsEach` rows of four units and passes them to `finish(row,
 * column, x)`, which `epilogue` defines.
 */
export function denseProduct(
  { rowsEach, transposed, statesVector, unitsVector }: DenseShape,
  epilogue: string,
): string {
  const rows = Array.from({ length: rowsEach }, (_, i) => i);
  // A transposed slice is stored along its columns; one extra vec4 per row spreads them over the
  // memory banks.
  const stride = transposed ? 17 : 16;
  const [weightsDepth, weightsColumn] = transposed
    ? ['index % 16u', 'index / 16u']
    : ['index / 16u', 'index % 16u'];
  return `
alias V = vec4<f32>;
var<workgroup> states_tile: array<V, ${rowsEach * 64}>;
var<workgroup> weights_tile: array<V, ${16 * stride}>;

fn states4(row: u32, k: u32) -> V {
  var values = V(0.0);
  if (row >= p.rows || k >= p.depth) { return values; }
  ${
    statesVector
      ? 'return states[(row * p.depth + k) / 4u];'
      : `for (var i = 0u; i < min(4u, p.depth - k); i++) { values[i] = states[row * p.depth + k + i]; }
  return values;`
  }
}

fn weights4(k: u32, column: u32) -> V {
  var values = V(0.0);
  if (column >= p.units || k >= p.depth) { return values; }
  ${
    unitsVector && !transposed
      ? 'return weights[(k * p.units + column) / 4u];'
      : `for (var i = 0u; i < min(4u, p.units - column); i++) {
    values[i] = weights[${transposed ? '(column + i) * p.depth + k' : 'k * p.units + column + i'}];
  }
  return values;`
  }
}

${vectorReader('bias', unitsVector)}
${epilogue}

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let first_row = group.y * ${16 * rowsEach}u;
  let first_column = group.x * ${DENSE_COLUMNS}u;
  ${rows.map((i) => `var sum${i} = V(0.0);`).join(' ')}
  for (var start = 0u; start < p.depth; start += 16u) {
    for (var i = index; i < ${rowsEach * 64}u; i += 256u) {
      states_tile[i] = states4(first_row + i / 4u, start + 4u * (i % 4u));
    }
    weights_tile[(${weightsDepth}) * ${stride}u + ${weightsColumn}] =
      weights4(start + ${weightsDepth}, first_column + 4u * (${weightsColumn}));
    workgroupBarrier();
    for (var k = 0u; k < 4u; k++) {
      ${[0, 1, 2, 3].map((j) => `let w${j} = weights_tile[(4u * k + ${j}u) * ${stride}u + local.x];`).join('\n      ')}
      ${rows
        .map(
          (i) => `let v${i} = states_tile[4u * (local.y + ${16 * i}u) + k];
      sum${i} = fma(V(v${i}.x), w0, fma(V(v${i}.y), w1, fma(V(v${i}.z), w2, fma(V(v${i}.w), w3, sum${i}))));`,
        )
        .join('\n      ')}
    }
    workgroupBarrier();
  }
  let sums = array<V, ${rowsEach}>(${rows.map((i) => `sum${i}`).join(', ')});
  let column = first_column + 4u * local.x;
  for (var i = 0u; i < ${rowsEach}u; i++) {
    let row = first_row + local.y + 16u * i;
    if (row < p.rows && column < p.units) { finish(row, column, sums[i] + bias4(column)); }
  }
}`;
}

/**
 * WGSL for `<array>4(column)`: four neighbors in a vector with one value per unit, zeros beyond its
 * end.
 */
export function vectorReader(array: string, isVector: boolean): string {
  return `fn ${array}4(column: u32) -> V {
  ${
    isVector
      ? `return ${array}[column / 4u];`
      : `var values = V(0.0);
  for (var i = 0u; i < min(4u, p.units - column); i++) { values[i] = ${array}[column + i]; }
  return values;`
  }
}`;
}

/** WGSL that writes four neighbors of a row into an output. */
export function writeVector(array: string, value: string, isVector: boolean): string {
  return isVector
    ? `${array}[(row * p.units + column) / 4u] = ${value};`
    : `{
    let values = ${value};
    for (var i = 0u; i < min(4u, p.units - column); i++) { ${array}[row * p.units + column + i] = values[i]; }
  }`;
}
