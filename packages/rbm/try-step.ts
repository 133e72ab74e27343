import { useBackend } from '@deepbelief/backend';
import { createRbm, RbmTrainer } from '@deepbelief/rbm';
import { gaussian, nrelu, binary } from '@deepbelief/units';
import { tensor2d, matMul, tidy, engine, profile } from '@tensorflow/tfjs-core';
const [n, m, which = 'nrelu', be] = [
  Number(process.argv[2] ?? 2048),
  Number(process.argv[3] ?? 4000),
  process.argv[4],
  process.argv[5],
];
console.log(await useBackend(be ? { backend: be as any } : {}));
const B = 100;
const hidden = which === 'binary' ? binary() : nrelu({ mean: 'relu' });
const rbm = createRbm({ visible: { units: gaussian(), size: n }, hidden: { units: hidden, size: m } });
const trainer = new RbmTrainer(rbm, { learningRate: 1e-4, momentum: 0.9, weightDecay: { l2: 1e-4 } });
const v = tensor2d(
  Float32Array.from({ length: B * n }, (_, i) => Math.sin(i * 1.37)),
  [B, n],
);
const h = tensor2d(
  Float32Array.from({ length: B * m }, (_, i) => Math.cos(i * 1.37)),
  [B, m],
);
import { momentumUpdate } from '@deepbelief/kernels';
import { backend } from '@tensorflow/tfjs-core';
const v2 = tensor2d(
  Float32Array.from({ length: 2 * B * n }, (_, i) => Math.sin(i * 1.37)),
  [2 * B, n],
);
const h2 = tensor2d(
  Float32Array.from({ length: 2 * B * m }, (_, i) => Math.cos(i * 1.37)),
  [2 * B, m],
);
const time = (f: () => void) => {
  const t = performance.now();
  f();
  return performance.now() - t;
};
const med = (a: number[]) => a.toSorted((x, y) => x - y)[a.length >> 1]!;
import { loadNativeBlas, rowMajor } from '@deepbelief/backend';
import { heapOffset } from '../backend/src/wasm-heap.ts';
import { wasmKernels } from '../backend/src/wasm-kernels.ts';
const blas: any = await loadNativeBlas();
const rows: Record<string, number[]> = { step: [], floor3: [], sg: [], pass: [] };
for (let i = 0; i < 25; i++) {
  rows.step!.push(time(() => trainer.step(v)));
  rows.floor3!.push(
    time(() =>
      tidy(() => {
        matMul(v, rbm.weights);
        matMul(h, rbm.weights, false, true);
        matMul(v, rbm.weights);
      }),
    ),
  );
  const V = trainer.state()['velocity.weights'] as any;
  rows.sg!.push(
    time(() =>
      blas.sgemm({
        rows: n,
        columns: m,
        depth: 2 * B,
        alpha: 1e-9,
        a: rowMajor(heapOffset(v2), n, true),
        b: rowMajor(heapOffset(h2), m),
        beta: 0.9,
        c: heapOffset(V),
      }),
    ),
  );
  rows.pass!.push(time(() => wasmKernels().addVelocity(heapOffset(rbm.weights), heapOffset(V), n * m, 0, 1e-9)));
}
for (const [k, a] of Object.entries(rows)) console.log(k, med(a).toFixed(2), 'min', Math.min(...a).toFixed(2));
const kernels: Record<string, number> = {};
for (let i = 0; i < 5; i++) {
  const p = await profile(() => {
    trainer.step(v);
  });
  for (const k of p.kernels) kernels[k.name] = (kernels[k.name] ?? 0) + Number(k.kernelTimeMs) / 5;
}
console.log(
  Object.entries(kernels)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 14)
    .map(([k, t]) => `${k} ${t.toFixed(2)}`)
    .join('; '),
);
process.exit(0);
