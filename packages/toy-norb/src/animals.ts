import type { Toy } from './toy.ts';
import { cow, dog, elephant, horse, kangaroo } from './testing-animals.ts';
import { bear, deer, dinosaur, lion, rhinoceros } from './training-animals.ts';

/** Ten animals, in the order of their instances. */
export const animals: readonly Toy[] = [
  { name: 'horse', build: horse },
  { name: 'elephant', build: elephant },
  { name: 'dog', build: dog },
  { name: 'kangaroo', build: kangaroo },
  { name: 'lion', build: lion },
  { name: 'cow', build: cow },
  { name: 'deer', build: deer },
  { name: 'dinosaur', build: dinosaur },
  { name: 'bear', build: bear },
  { name: 'rhinoceros', build: rhinoceros },
];
