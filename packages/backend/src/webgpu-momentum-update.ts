import type { MomentumSettings } from '@deepbelief/kernels';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { dispatchWebgpu, FLAT_INDEX, flatWorkgroups, type WebgpuPass } from './webgpu-dispatch.ts';

/** Inputs of the kernel: `gradient`, or `left` and `right`. */
export type MomentumInputs = NamedTensorInfoMap & {
  readonly parameter: TensorInfo;
  readonly velocity: TensorInfo;
  readonly gradient?: TensorInfo;
  readonly left?: TensorInfo;
  readonly right?: TensorInfo;
};

/** Moves four elements of a parameter and its velocity along `ascent`. */
const MOVE = `
alias V = vec4<f32>;
fn next_velocity(velocity: V, parameter: V, ascent: V) -> V {
  return p.momentum * velocity + p.rate * (ascent - p.l1 * sign(parameter) - p.l2 * parameter);
}`;

/**
 * The kernel `MOMENTUM_UPDATE_KERNEL` of @deepbelief/kernels in WGSL, in place and in one pass over
 * parameter and velocity. If the gradient is a product, each workgroup adds its sums directly to
 * them.
 */
export function webgpuMomentumUpdate(inputs: MomentumInputs, settings: MomentumSettings): [] {
  const { parameter, velocity, gradient, left, right } = inputs;
  const { rate, momentum, l1, l2 } = settings;
  const write = { parameter, velocity };
  const uniforms: WebgpuPass['uniforms'] = {
    rate: ['f32', rate],
    momentum: ['f32', momentum],
    l1: ['f32', l1],
    l2: ['f32', l2],
  };
  if (gradient !== undefined) {
    const count = gradient.shape.reduce((product, extent) => product * extent, 1);
    dispatchWebgpu({
      name: 'momentum',
      code: () => ELEMENTWISE,
      read: { gradient },
      write,
      uniforms: { count: ['u32', count], ...uniforms },
      workgroups: flatWorkgroups(count),
    });
    return [];
  }
  const [depth, rows] = left!.shape as [number, number];
  const columns = right!.shape[1]!;
  const isVector = { left: rows % 4 === 0, right: columns % 4 === 0 };
  const tall = Math.ceil(rows / 128) * Math.ceil(columns / 64) >= 96;
  const blocks = tall ? 2 : 1;
  dispatchWebgpu({
    name: `momentum, product ${blocks} ${isVector.left} ${isVector.right}`,
    code: () => productCode(blocks, isVector),
    read: { left: left!, right: right! },
    write,
    vectors: [
      ...(isVector.left ? ['left'] : []),
      ...(isVector.right ? ['right', 'parameter', 'velocity'] : []),
    ],
    uniforms: {
      rows: ['u32', rows],
      columns: ['u32', columns],
      depth: ['u32', depth],
      ...uniforms,
    },
    workgroups: [Math.ceil(columns / 64), Math.ceil(rows / (64 * blocks)), 1],
  });
  return [];
}

const ELEMENTWISE = `${FLAT_INDEX}
${MOVE}
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = flat_index(group, groups, local);
  if (i >= p.count) { return; }
  let next = next_velocity(V(velocity[i]), V(parameter[i]), V(gradient[i])).x;
  velocity[i] = next;
  parameter[i] += next;
}`;

/**
 * Sums outer products. Both factors lie along rows or columns, so slices go into workgroup memory
 * as they are. An invocation sums `blocks` times four rows of four columns.
 */
function productCode(
  blocks: number,
  isVector: { readonly left: boolean; readonly right: boolean },
): string {
  const rows = Array.from({ length: 4 * blocks }, (_, i) => i);
  const tileRows = 16 * blocks;
  return `${MOVE}
var<workgroup> left_tile: array<V, ${16 * tileRows}>;
var<workgroup> right_tile: array<V, 256>;
${reader('left', 'rows', isVector.left)}
${reader('right', 'columns', isVector.right)}

fn finish(row: u32, column: u32, ascent: V) {
  let at = row * p.columns + column;
  ${
    isVector.right
      ? `let next = next_velocity(velocity[at / 4u], parameter[at / 4u], ascent);
  velocity[at / 4u] = next;
  parameter[at / 4u] += next;`
      : `for (var i = 0u; i < min(4u, p.columns - column); i++) {
    let next = next_velocity(V(velocity[at + i]), V(parameter[at + i]), V(ascent[i])).x;
    velocity[at + i] = next;
    parameter[at + i] += next;
  }`
  }
}

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let first_row = group.y * ${4 * tileRows}u;
  let first_column = group.x * 64u;
  ${rows.map((i) => `var sum${i} = V(0.0);`).join(' ')}
  for (var start = 0u; start < p.depth; start += 16u) {
    for (var i = index; i < ${16 * tileRows}u; i += 256u) {
      left_tile[i] = left4(start + i / ${tileRows}u, first_row + 4u * (i % ${tileRows}u));
    }
    right_tile[index] = right4(start + index / 16u, first_column + 4u * (index % 16u));
    workgroupBarrier();
    for (var k = 0u; k < 16u; k++) {
      let b = right_tile[16u * k + local.x];
      ${Array.from({ length: blocks }, (_, j) => `let a${j} = left_tile[${tileRows}u * k + ${16 * j}u + local.y];`).join('\n      ')}
      ${rows.map((i) => `sum${i} = fma(V(a${Math.floor(i / 4)}.${'xyzw'[i % 4]}), b, sum${i});`).join('\n      ')}
    }
    workgroupBarrier();
  }
  let sums = array<V, ${rows.length}>(${rows.map((i) => `sum${i}`).join(', ')});
  let column = first_column + 4u * local.x;
  for (var i = 0u; i < ${rows.length}u; i++) {
    let row = first_row + 64u * (i / 4u) + 4u * local.y + i % 4u;
    if (row < p.rows && column < p.columns) { finish(row, column, sums[i]); }
  }
}`;
}

/** WGSL for `<array>4(k, i)`: four neighbors in row k of a factor, zeros beyond its ends. */
function reader(array: string, extent: string, isVector: boolean): string {
  return `fn ${array}4(k: u32, i: u32) -> V {
  var values = V(0.0);
  if (k >= p.depth || i >= p.${extent}) { return values; }
  ${
    isVector
      ? `return ${array}[(k * p.${extent} + i) / 4u];`
      : `for (var j = 0u; j < min(4u, p.${extent} - i); j++) { values[j] = ${array}[k * p.${extent} + i + j]; }
  return values;`
  }
}`;
}
