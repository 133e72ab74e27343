import type { Rbm } from '@deepbelief/rbm';
import { parameterTensors, setParameter } from '@deepbelief/rbm/internal';
import { normals, randomKey } from '@deepbelief/random';
import { tensor } from '@tensorflow/tfjs-core';

/** Gives every parameter of an RBM normal numbers of this deviation. */
export function randomizeParameters(rbm: Rbm, deviation: number, seed: number): Rbm {
  Object.entries(parameterTensors(rbm)).forEach(([name, { shape, size }], i) => {
    const drawn = normals(randomKey(seed), size, i).map((value) => value * deviation);
    setParameter(rbm, name, tensor(drawn, shape));
  });
  return rbm;
}
