import { useBackend } from '@deepbelief/backend';
import { randomClassifier, ClassifierTrainer } from './src/index.ts';
import { nrelu } from '@deepbelief/units';
import { tensor2d, tensor1d, profile, matMul, tidy } from '@tensorflow/tfjs-core';
console.log((await useBackend()).arithmetic);
const B = 100;
const net = randomClassifier({
  inputs: 2048,
  layers: [
    { units: nrelu(), size: 4000 },
    { units: nrelu(), size: 2000 },
  ],
  classes: 6,
});
const v = tensor2d(
  Float32Array.from({ length: B * 2048 }, (_, i) => Math.sin(i * 1.37)),
  [B, 2048],
);
const h = tensor2d(
  Float32Array.from({ length: B * 4000 }, (_, i) => Math.sin(i * 1.37)),
  [B, 4000],
);
const g = tensor2d(
  Float32Array.from({ length: B * 2000 }, (_, i) => Math.sin(i * 1.37)),
  [B, 2000],
);
const y = tensor1d(
  Int32Array.from({ length: B }, (_, i) => i % 6),
  'int32',
);
const time = (f: () => void) => {
  const t = performance.now();
  f();
  return performance.now() - t;
};
const med = (a: number[]) => a.toSorted((x, y) => x - y)[a.length >> 1]!;
for (const optimizer of [{ type: 'sgd', momentum: 0.9 }, { type: 'adam' }] as const) {
  const trainer = new ClassifierTrainer(net, { optimizer, learningRate: 1e-4 });
  const s: number[] = [],
    f: number[] = [];
  for (let i = 0; i < 15; i++) {
    s.push(time(() => trainer.step(v, y)));
    f.push(
      time(() =>
        tidy(() => {
          const [W1, W2] = net.layers.map((l) => l.weights);
          matMul(v, W1!);
          matMul(h, W2!);
          matMul(g, W2!, false, true);
          matMul(h, g, true, false);
          matMul(v, h, true, false);
        }),
      ),
    );
  }
  console.log(optimizer.type, 'step', med(s).toFixed(2), 'floor', med(f).toFixed(2));
  const kernels: Record<string, number> = {};
  for (let i = 0; i < 5; i++) {
    const p = await profile(() => {
      trainer.step(v, y);
    });
    for (const k of p.kernels) kernels[k.name] = (kernels[k.name] ?? 0) + Number(k.kernelTimeMs) / 5;
  }
  console.log(
    Object.entries(kernels)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 12)
      .map(([k, t]) => `${k} ${t.toFixed(2)}`)
      .join('; '),
  );
  trainer.dispose();
}
process.exit(0);
