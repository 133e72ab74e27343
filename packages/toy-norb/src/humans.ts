import type { Toy } from './toy.ts';
import { cowboy, runner, skater, soldier, walker } from './testing-humans.ts';
import { batter, kneelingSoldier, lady, miner, wrestler } from './training-humans.ts';

/** Ten humans, in the order of their instances. */
export const humans: readonly Toy[] = [
  { name: 'soldier', build: soldier },
  { name: 'walker', build: walker },
  { name: 'skater', build: skater },
  { name: 'cowboy', build: cowboy },
  { name: 'kneeling soldier', build: kneelingSoldier },
  { name: 'runner', build: runner },
  { name: 'batter', build: batter },
  { name: 'lady', build: lady },
  { name: 'miner', build: miner },
  { name: 'wrestler', build: wrestler },
];
