import type { Toy } from './toy.ts';
import { airliner, biplane, freighter, glider, jet } from './testing-planes.ts';
import { businessJet, delta, fighter, jumbo, seaplane } from './training-planes.ts';

/** Ten planes, in the order of their instances. */
export const planes: readonly Toy[] = [
  { name: 'airliner', build: airliner },
  { name: 'jet', build: jet },
  { name: 'biplane', build: biplane },
  { name: 'freighter', build: freighter },
  { name: 'jumbo', build: jumbo },
  { name: 'glider', build: glider },
  { name: 'delta', build: delta },
  { name: 'fighter', build: fighter },
  { name: 'seaplane', build: seaplane },
  { name: 'business jet', build: businessJet },
];
