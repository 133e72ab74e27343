import { lineChart } from '@deepbelief/pictures';
import { nrelu, steppedSigmoid } from '@deepbelief/units';
import { exp, log1p, relu, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/** The means of stepped sigmoid units and NReLUs beside what approximates them. */
export async function rectifiedChart(): Promise<string> {
  const inputs = Array.from({ length: 121 }, (_, i) => i / 15 - 4);
  const line = async (
    name: string,
    mean: (input: Tensor2D) => Tensor2D,
  ): Promise<{ name: string; points: [number, number][] }> => {
    const values = await mean(tensor2d([inputs])).data();
    return { name, points: inputs.map((x, i) => [x, values[i]!]) };
  };
  return lineChart({
    title: 'Expected state for a total input x',
    x: { label: 'x' },
    y: { label: 'mean' },
    series: [
      await line('stepped sigmoid', (x) => steppedSigmoid().mean(x)),
      await line('log(1 + exp x)', (x) => log1p(exp(x))),
      await line('NReLU', (x) => nrelu().mean(x)),
      await line('max(0, x)', (x) => relu(x)),
    ],
  });
}
