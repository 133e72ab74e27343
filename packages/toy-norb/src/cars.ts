import type { Toy } from './toy.ts';
import { beetle, convertible, offRoader, sedan, sportsCar } from './testing-cars.ts';
import { estate, hatchback, jeep, minivan, muscleCar } from './training-cars.ts';

/** Ten cars, in the order of their instances. */
export const cars: readonly Toy[] = [
  { name: 'sedan', build: sedan },
  { name: 'sports car', build: sportsCar },
  { name: 'off-roader', build: offRoader },
  { name: 'beetle', build: beetle },
  { name: 'hatchback', build: hatchback },
  { name: 'convertible', build: convertible },
  { name: 'muscle car', build: muscleCar },
  { name: 'estate', build: estate },
  { name: 'jeep', build: jeep },
  { name: 'minivan', build: minivan },
];
