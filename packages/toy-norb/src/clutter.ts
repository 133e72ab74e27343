import { ball, box, ring, rod, slab, type Solid } from './solids.ts';
import type { Toy } from './toy.ts';

function junk(name: string, build: () => readonly Solid[]): Toy {
  return { name, build };
}

/** Clutter: things that are not toys. */
export const clutter: readonly Toy[] = [
  junk('ball', () => [ball(1, [0, 1, 0])]),
  junk('egg', () => [ball([1.2, 0.8, 0.8], [0, 0.8, 0])]),
  junk('can', () => [rod([0, 0, 0], [0, 1.8, 0], 0.7, 0.7, 16)]),
  junk('cone', () => [rod([0, 0, 0], [0, 1.9, 0], 0.95, 0.02, 16)]),
  junk('tire', () => [ring(0.85, 0.35, [0, 0.35, 0], [90, 0, 0])]),
  junk('pyramid', () => [rod([0, 0, 0], [0, 1.4, 0], 1.2, 0.02, 4)]),
  junk('cube', () => [box([1.4, 1.4, 1.4], [0, 0.7, 0])]),
  junk('prism', () => [
    slab(
      [
        [-1, 0],
        [1, 0],
        [0, 1.5],
      ],
      1.3,
    ),
  ]),
  junk('stones', () => [
    ball([0.8, 0.5, 0.6], [0.6, 0.45, 0.3]),
    ball([0.6, 0.6, 0.5], [-0.6, 0.5, -0.3]),
    ball([0.5, 0.4, 0.7], [-0.1, 0.4, 0.9]),
  ]),
  junk('stair', () => [
    box([0.7, 0.5, 1.4], [0.7, 0.25, 0]),
    box([0.7, 1.0, 1.4], [0, 0.5, 0]),
    box([0.7, 1.5, 1.4], [-0.7, 0.75, 0]),
  ]),
  junk('bowl', () => [
    rod([0, 0, 0], [0, 0.9, 0], 0.45, 1.1, 16),
    ring(1.05, 0.12, [0, 0.9, 0], [90, 0, 0]),
  ]),
  junk('tower', () => [
    rod([0, 0, 0], [0, 0.8, 0], 0.9, 0.9, 6),
    rod([0, 0.8, 0], [0, 1.5, 0], 0.6, 0.6, 6),
    ball(0.45, [0, 1.8, 0]),
  ]),
];
