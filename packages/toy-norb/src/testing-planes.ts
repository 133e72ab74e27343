import { plane, wing, propeller, pod, gear } from './plane.ts';
import { ball, bothSides, box, rod, type Solid } from './solids.ts';

export function airliner(): Solid[] {
  return [
    ...plane({
      fuselage: [1.5, 0.3],
      height: 0.75,
      nose: 0.55,
      tailCone: 0.9,
      wings: { at: [0.15, 0.65], span: 2.2, chords: [0.9, 0.3], sweep: 0.95, dihedral: 5 },
      tailplane: { at: [-1.95, 0.9], span: 0.85, chords: [0.5, 0.22], sweep: 0.4 },
      fin: [0.7, 0.9, 0.5],
    }),
    ...bothSides((side) => pod([0.35, 0.48, side * 0.8], 0.6, 0.17)),
    ...gear(
      [
        [1.4, 0.6, 0],
        [-0.1, 0.6, 0.3],
        [-0.1, 0.6, -0.3],
      ],
      0.13,
    ),
  ];
}

export function jet(): Solid[] {
  return [
    ...plane({
      fuselage: [1.0, 0.28],
      height: 0.7,
      nose: 1.3,
      tailCone: 0.5,
      wings: { at: [-0.2, 0.68], span: 1.25, chords: [1.2, 0.4], sweep: 0.55, dihedral: -3 },
      tailplane: { at: [-1.25, 0.72], span: 0.8, chords: [0.6, 0.3], sweep: 0.4, dihedral: -4 },
      fin: [0.8, 0.85, 0.55],
    }),
    ball([0.5, 0.24, 0.2], [0.75, 0.95, 0]),
    ...bothSides((side) => [
      box([1.1, 0.34, 0.26], [0.1, 0.66, side * 0.34]),
      rod([-0.85, 0.62, side * 1.2], [0.35, 0.62, side * 1.2], 0.08, 0.03),
    ]),
    ...gear(
      [
        [0.9, 0.5, 0],
        [-0.4, 0.5, 0.4],
        [-0.4, 0.5, -0.4],
      ],
      0.13,
    ),
  ];
}

export function biplane(): Solid[] {
  return [
    ...plane({
      fuselage: [0.75, 0.32],
      height: 0.85,
      nose: 0.3,
      tailCone: 1.1,
      wings: { at: [0.45, 0.6], span: 1.75, chords: [0.75, 0.7], sweep: 0, dihedral: 2 },
      tailplane: { at: [-1.6, 1.0], span: 0.7, chords: [0.5, 0.4], sweep: 0.05 },
      fin: [0.5, 0.6, 0.15],
    }),
    ...wing({ at: [0.6, 1.55], span: 1.85, chords: [0.75, 0.7], sweep: 0, dihedral: 0 }),
    ...bothSides((side) => [
      rod([0.75, 0.65, side * 1.35], [0.85, 1.55, side * 1.35], 0.05),
      rod([0.3, 0.65, side * 1.35], [0.4, 1.55, side * 1.35], 0.05),
      rod([0.6, 1.1, side * 0.2], [0.7, 1.55, side * 0.35], 0.05),
    ]),
    ball([0.3, 0.18, 0.2], [-0.1, 1.15, 0]),
    ...propeller([1.1, 0.85, 0], 0.7, 2),
    ...gear(
      [
        [0.7, 0.7, 0.45],
        [0.7, 0.7, -0.45],
      ],
      0.22,
    ),
  ];
}

export function freighter(): Solid[] {
  return [
    ...plane({
      fuselage: [1.3, 0.42],
      height: 0.75,
      nose: 0.5,
      tailCone: 1.1,
      wings: {
        at: [0.25, 1.18],
        span: 2.3,
        chords: [0.7, 0.4],
        sweep: 0.1,
        dihedral: 0,
        thickness: 0.12,
      },
      tailplane: { at: [-2.0, 1.1], span: 0.95, chords: [0.5, 0.3], sweep: 0.15 },
      fin: [0.75, 1.0, 0.35],
    }),
    ...bothSides((side) =>
      [0.8, 1.55].flatMap((z) => [
        ...pod([0.5, 1.12, side * z], 0.6, 0.15),
        ...propeller([0.95, 1.12, side * z], 0.42, 4),
      ]),
    ),
    ...bothSides((side) => box([0.9, 0.3, 0.2], [0, 0.35, side * 0.42])),
    ...gear(
      [
        [1.2, 0.6, 0],
        [0.1, 0.4, 0.42],
        [0.1, 0.4, -0.42],
      ],
      0.16,
    ),
  ];
}

export function glider(): Solid[] {
  return [
    ...plane({
      fuselage: [0.7, 0.24],
      height: 0.5,
      nose: 0.75,
      tailCone: 1.5,
      wings: { at: [0.2, 0.66], span: 2.5, chords: [0.5, 0.25], sweep: 0.05, dihedral: 4 },
      tailplane: { at: [-1.95, 1.25], span: 0.65, chords: [0.35, 0.22], sweep: 0.05 },
      fin: [0.5, 0.7, 0.2],
    }),
    ball([0.5, 0.22, 0.2], [0.85, 0.66, 0]),
    ...gear([[0.3, 0.4, 0]], 0.15),
  ];
}
