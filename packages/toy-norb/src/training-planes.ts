import { plane, propeller, pod, gear } from './plane.ts';
import { ball, bothSides, box, rod, type Solid } from './solids.ts';

export function jumbo(): Solid[] {
  return [
    ...plane({
      fuselage: [1.6, 0.38],
      height: 0.85,
      nose: 0.6,
      tailCone: 1.0,
      wings: { at: [0.1, 0.72], span: 2.3, chords: [1.1, 0.32], sweep: 1.15, dihedral: 6 },
      tailplane: { at: [-2.15, 1.05], span: 0.95, chords: [0.6, 0.25], sweep: 0.5 },
      fin: [0.85, 1.05, 0.6],
    }),
    ball([0.75, 0.3, 0.28], [1.2, 1.12, 0]),
    ...bothSides((side) => [
      ...pod([0.25, 0.52, side * 0.8], 0.55, 0.17),
      ...pod([-0.2, 0.62, side * 1.45], 0.55, 0.15),
    ]),
    ...gear(
      [
        [1.4, 0.6, 0],
        [-0.2, 0.6, 0.35],
        [-0.2, 0.6, -0.35],
      ],
      0.14,
    ),
  ];
}

export function delta(): Solid[] {
  return [
    ...plane({
      fuselage: [1.2, 0.24],
      height: 0.65,
      nose: 1.1,
      tailCone: 0.35,
      wings: { at: [-0.25, 0.6], span: 1.3, chords: [2.2, 0.25], sweep: 0.95, dihedral: 0 },
      tailplane: { at: [0.95, 0.78], span: 0.6, chords: [0.45, 0.15], sweep: 0.25 },
      fin: [0.95, 0.9, 0.6],
    }),
    ball([0.45, 0.2, 0.17], [0.95, 0.86, 0]),
    ...bothSides((side) => box([0.9, 0.3, 0.2], [0.35, 0.6, side * 0.27])),
    ...gear(
      [
        [1.0, 0.5, 0],
        [-0.6, 0.5, 0.4],
        [-0.6, 0.5, -0.4],
      ],
      0.13,
    ),
  ];
}

export function fighter(): Solid[] {
  return [
    ...plane({
      fuselage: [0.8, 0.3],
      height: 0.8,
      nose: 0.45,
      tailCone: 1.15,
      wings: {
        at: [0.35, 0.62],
        span: 1.75,
        chords: [0.9, 0.4],
        sweep: 0.12,
        dihedral: 7,
        thickness: 0.12,
      },
      tailplane: { at: [-1.65, 0.95], span: 0.75, chords: [0.5, 0.28], sweep: 0.1 },
      fin: [0.55, 0.65, 0.22],
    }),
    ball([0.45, 0.25, 0.2], [0.05, 1.05, 0]),
    ...propeller([1.25, 0.8, 0], 0.65, 3),
    ...gear(
      [
        [0.65, 0.6, 0.6],
        [0.65, 0.6, -0.6],
      ],
      0.2,
    ),
  ];
}

export function seaplane(): Solid[] {
  return [
    ...plane({
      fuselage: [0.8, 0.34],
      height: 1.2,
      nose: 0.5,
      tailCone: 1.2,
      wings: {
        at: [0.35, 1.62],
        span: 2.0,
        chords: [0.75, 0.7],
        sweep: 0,
        dihedral: 1,
        thickness: 0.11,
      },
      tailplane: { at: [-1.75, 1.35], span: 0.8, chords: [0.5, 0.35], sweep: 0.05 },
      fin: [0.6, 0.75, 0.25],
    }),
    ...propeller([1.35, 1.2, 0], 0.6, 2),
    ...bothSides((side) => [
      ball([1.2, 0.2, 0.2], [0.3, 0.22, side * 0.65]),
      rod([0.75, 0.3, side * 0.65], [0.65, 1.1, side * 0.25], 0.05),
      rod([-0.15, 0.3, side * 0.65], [-0.05, 1.1, side * 0.25], 0.05),
      rod([0.35, 1.0, side * 0.3], [0.4, 1.6, side * 1.15], 0.05),
    ]),
  ];
}

export function businessJet(): Solid[] {
  return [
    ...plane({
      fuselage: [1.25, 0.27],
      height: 0.65,
      nose: 0.7,
      tailCone: 0.85,
      wings: { at: [-0.05, 0.5], span: 1.7, chords: [0.7, 0.28], sweep: 0.55, dihedral: 5 },
      tailplane: { at: [-2.15, 1.6], span: 0.7, chords: [0.4, 0.22], sweep: 0.25 },
      fin: [0.75, 0.95, 0.6],
    }),
    ...bothSides((side) => pod([-0.95, 0.85, side * 0.45], 0.7, 0.18)),
    ...gear(
      [
        [1.2, 0.5, 0],
        [-0.2, 0.5, 0.35],
        [-0.2, 0.5, -0.35],
      ],
      0.12,
    ),
  ];
}
