import { averageLogLikelihood, exactLogPartition } from '@deepbelief/evaluation';
import { inMemoryDataset } from '@deepbelief/data';
import { lineChart } from '@deepbelief/pictures';
import { createRbm, RbmTrainer, type NegativePhaseOptions } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';

const SIDE = 3;
const EPOCHS = 1000;

/** Exact log-likelihoods of bars and stripes while CD-1, PCD and FPCD train. */
export async function negativePhasesChart(): Promise<string> {
  const examples = barsAndStripes();
  const size = SIDE * SIDE;
  const inputs = Float32Array.from(examples.flat());
  const data = inMemoryDataset({ name: 'bars and stripes', inputs, shape: [SIDE, SIDE] });
  const phases: Readonly<Record<string, NegativePhaseOptions>> = {
    'CD-1': { type: 'cd' },
    PCD: { type: 'pcd', chains: 50 },
    FPCD: { type: 'fpcd', chains: 50 },
  };
  const series: { name: string; points: [number, number][] }[] = [];
  for (const [name, negativePhase] of Object.entries(phases)) {
    const layer = { units: binary(), size };
    const rbm = createRbm({
      visible: layer,
      hidden: { units: binary(), size: 12 },
      weightScale: 0.1,
      seed: 1,
    });
    const trainer = new RbmTrainer(rbm, {
      learningRate: { from: 0.3, to: 0.01, epochs: EPOCHS },
      momentum: 0,
      batchSize: examples.length,
      negativePhase,
      centering: true,
    });
    const points: [number, number][] = [];
    for await (const { epoch } of trainer.epochs(data, EPOCHS)) {
      if (epoch % 50 !== 0) continue;
      const logPartition = await exactLogPartition(rbm);
      points.push([
        epoch,
        (await averageLogLikelihood(rbm, tensor2d(examples), logPartition)).mean,
      ]);
    }
    series.push({ name, points });
    rbm.dispose();
  }
  const best = -Math.log(examples.length);
  series.push({
    name: 'the best possible',
    points: [
      [50, best],
      [EPOCHS, best],
    ],
  });
  return lineChart({
    title: 'Bars and stripes, 9 visible and 12 hidden units',
    x: { label: 'step' },
    y: { label: 'log-likelihood of an example, in nats' },
    series,
  });
}

/** All pictures whose rows or whose columns are each wholly on or off, once each. */
function barsAndStripes(): number[][] {
  const pictures = Array.from({ length: 2 ** SIDE }, (_, bits) => {
    const on = (i: number): number => (bits >> i) & 1;
    const pixels = Array.from({ length: SIDE * SIDE }, (__, i) => i);
    return [pixels.map((i) => on(Math.floor(i / SIDE))), pixels.map((i) => on(i % SIDE))];
  });
  return [...new Map(pictures.flat().map((one) => [one.join(), one])).values()];
}
