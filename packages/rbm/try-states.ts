import { useBackend } from '@deepbelief/backend';
import { wasmKernels } from '../backend/src/wasm-kernels.ts';
import { heapAllocate, heapFloats } from '../backend/src/wasm-heap.ts';
await useBackend({ backend: 'wasm' });
const k = wasmKernels();
const N = 400000;
const a = heapAllocate(4 * N + 64),
  b = heapAllocate(4 * N + 64),
  scratch = (heapAllocate(2048) + 15) & ~15;
const time = (name: string, f: () => void) => {
  for (let i = 0; i < 20; i++) f();
  let best = 1e9;
  for (let i = 0; i < 20; i++) {
    const t = performance.now();
    f();
    best = Math.min(best, performance.now() - t);
  }
  console.log(name, best.toFixed(3), 'ms', ((best * 1e6) / N).toFixed(2), 'ns/element');
};
heapFloats(a, N).set(Float32Array.from({ length: N }, (_, i) => 2 * Math.sin(i)));
const src = heapFloats(a, N).slice();
const restore = () => heapFloats(a, N).set(src);
time('restore', restore);
time('uniforms', () => k.uniforms(b, N, 1, 2, 3, 4, 5, scratch));
for (const [name, code, opt] of [
  ['binary', 0, 0],
  ['gaussian', 1, 0],
  ['nrelu relu', 2, 1],
  ['nrelu rect', 2, 0],
  ['relu', 3, 0],
  ['ssu', 4, 0],
  ['spin', 7, 0],
] as any) {
  time(name + ' mean', () => k.states(code, opt, 1, 1, a, N, b, 0, 1, 2, 3, 4, 5, scratch));
  time(name + ' sample', () => k.states(code, opt, 1, 1, a, N, 0, b, 1, 2, 3, 4, 5, scratch));
}
const W = heapAllocate(4 * 8192000),
  V = heapAllocate(4 * 8192000);
heapFloats(W, 8192000).fill(0.1);
heapFloats(V, 8192000).fill(0.1);
time('addVelocity l2', () => k.addVelocity(W, V, 8192000, 0, 1e-4));
time('addVelocity', () => k.addVelocity(W, V, 8192000, 0, 0));
process.exit(0);
