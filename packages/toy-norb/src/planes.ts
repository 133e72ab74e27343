import { ball, bothSides, box, plate, rod, slab, type Point, type Solid } from './solids.ts';
import type { Toy } from './toy.ts';

/** Measures of a plane; its nose points to x, its fuselage lies along y = height. */
interface Plane {
  /** Half the length and the radius of the fuselage. */
  readonly fuselage: readonly [number, number];
  readonly height: number;
  /** Lengths of the nose and of the tail cone. */
  readonly nose: number;
  readonly tailCone: number;
  readonly wings: Wing;
  readonly tailplane: Wing;
  /** Chord at the root, height, sweep of the tip. */
  readonly fin: readonly [number, number, number];
}

/** A wing on both sides. */
interface Wing {
  /** Where the middle of the root is. */
  readonly at: readonly [x: number, y: number];
  /** Length of one side. */
  readonly span: number;
  /** Chords at the root and at the tip. */
  readonly chords: readonly [number, number];
  /** How far the tip is behind the root. */
  readonly sweep: number;
  /** Degrees by which the tips are up. */
  readonly dihedral?: number;
  readonly thickness?: number;
}

function wing({ at, span, chords, sweep, dihedral = 3, thickness = 0.09 }: Wing): Solid[] {
  const [root, tip] = chords;
  return bothSides((side) => {
    const corners: (readonly [number, number])[] = [
      [-root / 2, 0],
      [root / 2, 0],
      [tip / 2 - sweep, side * span],
      [-tip / 2 - sweep, side * span],
    ];
    return plate(corners, thickness, [at[0], at[1], 0], [-side * dihedral, 0, 0]);
  });
}

function plane({ fuselage, height, nose, tailCone, wings, tailplane, fin }: Plane): Solid[] {
  const [half, radius] = fuselage;
  const [chord, tall, back] = fin;
  return [
    rod([-half, height, 0], [half, height, 0], radius, radius, 14),
    ball([nose, radius, radius], [half, height, 0]),
    rod([-half, height, 0], [-half - tailCone, height + radius * 0.5, 0], radius, radius * 0.25, 14),
    ...wing(wings),
    ...wing(tailplane),
    slab([[-chord, 0], [0, 0], [-back, tall], [-back - chord * 0.55, tall]], 0.09, [-half - tailCone + chord, height + radius * 0.4, 0]),
  ];
}

/** A propeller of `blades` blades and its hub, facing x. */
function propeller([x, y, z]: Point, length: number, blades: number): Solid[] {
  return [
    rod([x - 0.1, y, z], [x + 0.2, y, z], 0.13, 0.03),
    ...Array.from({ length: blades }, (_, i) => {
      const angle = Math.PI * (0.3 + (2 * i) / blades);
      return rod([x, y, z], [x + 0.02, y + length * Math.cos(angle), z + length * Math.sin(angle)], 0.06, 0.1, 5);
    }),
  ];
}

/** An engine pod about a point. */
function pod([x, y, z]: Point, length: number, radius: number): Solid[] {
  return [
    rod([x - length / 2, y, z], [x + length / 2, y, z], radius * 0.7, radius, 12),
    ball([radius * 0.6, radius * 0.6, radius * 0.6], [x + length / 2, y, z]),
  ];
}

/** Wheels on legs. */
function gear(places: readonly Point[], radius: number): Solid[] {
  return places.flatMap(([x, y, z]) => [
    rod([x, y, z], [x, radius, z], 0.05, 0.05, 6),
    rod([x, radius, z - 0.07], [x, radius, z + 0.07], radius, radius, 10),
  ]);
}

function airliner(): Solid[] {
  return [
    ...plane({
      fuselage: [1.5, 0.3], height: 0.75, nose: 0.55, tailCone: 0.9,
      wings: { at: [0.15, 0.65], span: 2.2, chords: [0.9, 0.3], sweep: 0.95, dihedral: 5 },
      tailplane: { at: [-1.95, 0.9], span: 0.85, chords: [0.5, 0.22], sweep: 0.4 },
      fin: [0.7, 0.9, 0.5],
    }),
    ...bothSides((side) => pod([0.35, 0.48, side * 0.8], 0.6, 0.17)),
    ...gear([[1.4, 0.6, 0], [-0.1, 0.6, 0.3], [-0.1, 0.6, -0.3]], 0.13),
  ];
}

function jet(): Solid[] {
  return [
    ...plane({
      fuselage: [1.0, 0.28], height: 0.7, nose: 1.3, tailCone: 0.5,
      wings: { at: [-0.2, 0.68], span: 1.25, chords: [1.2, 0.4], sweep: 0.55, dihedral: -3 },
      tailplane: { at: [-1.25, 0.72], span: 0.8, chords: [0.6, 0.3], sweep: 0.4, dihedral: -4 },
      fin: [0.8, 0.85, 0.55],
    }),
    ball([0.5, 0.24, 0.2], [0.75, 0.95, 0]),
    ...bothSides((side) => [
      box([1.1, 0.34, 0.26], [0.1, 0.66, side * 0.34]),
      rod([-0.85, 0.62, side * 1.2], [0.35, 0.62, side * 1.2], 0.08, 0.03),
    ]),
    ...gear([[0.9, 0.5, 0], [-0.4, 0.5, 0.4], [-0.4, 0.5, -0.4]], 0.13),
  ];
}

function biplane(): Solid[] {
  return [
    ...plane({
      fuselage: [0.75, 0.32], height: 0.85, nose: 0.3, tailCone: 1.1,
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
    ...gear([[0.7, 0.7, 0.45], [0.7, 0.7, -0.45]], 0.22),
  ];
}

function freighter(): Solid[] {
  return [
    ...plane({
      fuselage: [1.3, 0.42], height: 0.75, nose: 0.5, tailCone: 1.1,
      wings: { at: [0.25, 1.18], span: 2.3, chords: [0.7, 0.4], sweep: 0.1, dihedral: 0, thickness: 0.12 },
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
    ...gear([[1.2, 0.6, 0], [0.1, 0.4, 0.42], [0.1, 0.4, -0.42]], 0.16),
  ];
}

function jumbo(): Solid[] {
  return [
    ...plane({
      fuselage: [1.6, 0.38], height: 0.85, nose: 0.6, tailCone: 1.0,
      wings: { at: [0.1, 0.72], span: 2.3, chords: [1.1, 0.32], sweep: 1.15, dihedral: 6 },
      tailplane: { at: [-2.15, 1.05], span: 0.95, chords: [0.6, 0.25], sweep: 0.5 },
      fin: [0.85, 1.05, 0.6],
    }),
    ball([0.75, 0.3, 0.28], [1.2, 1.12, 0]),
    ...bothSides((side) => [
      ...pod([0.25, 0.52, side * 0.8], 0.55, 0.17),
      ...pod([-0.2, 0.62, side * 1.45], 0.55, 0.15),
    ]),
    ...gear([[1.4, 0.6, 0], [-0.2, 0.6, 0.35], [-0.2, 0.6, -0.35]], 0.14),
  ];
}

function glider(): Solid[] {
  return [
    ...plane({
      fuselage: [0.7, 0.24], height: 0.5, nose: 0.75, tailCone: 1.5,
      wings: { at: [0.2, 0.66], span: 2.5, chords: [0.5, 0.25], sweep: 0.05, dihedral: 4 },
      tailplane: { at: [-1.95, 1.25], span: 0.65, chords: [0.35, 0.22], sweep: 0.05 },
      fin: [0.5, 0.7, 0.2],
    }),
    ball([0.5, 0.22, 0.2], [0.85, 0.66, 0]),
    ...gear([[0.3, 0.4, 0]], 0.15),
  ];
}

function delta(): Solid[] {
  return [
    ...plane({
      fuselage: [1.2, 0.24], height: 0.65, nose: 1.1, tailCone: 0.35,
      wings: { at: [-0.25, 0.6], span: 1.3, chords: [2.2, 0.25], sweep: 0.95, dihedral: 0 },
      tailplane: { at: [0.95, 0.78], span: 0.6, chords: [0.45, 0.15], sweep: 0.25 },
      fin: [0.95, 0.9, 0.6],
    }),
    ball([0.45, 0.2, 0.17], [0.95, 0.86, 0]),
    ...bothSides((side) => box([0.9, 0.3, 0.2], [0.35, 0.6, side * 0.27])),
    ...gear([[1.0, 0.5, 0], [-0.6, 0.5, 0.4], [-0.6, 0.5, -0.4]], 0.13),
  ];
}

function fighter(): Solid[] {
  return [
    ...plane({
      fuselage: [0.8, 0.3], height: 0.8, nose: 0.45, tailCone: 1.15,
      wings: { at: [0.35, 0.62], span: 1.75, chords: [0.9, 0.4], sweep: 0.12, dihedral: 7, thickness: 0.12 },
      tailplane: { at: [-1.65, 0.95], span: 0.75, chords: [0.5, 0.28], sweep: 0.1 },
      fin: [0.55, 0.65, 0.22],
    }),
    ball([0.45, 0.25, 0.2], [0.05, 1.05, 0]),
    ...propeller([1.25, 0.8, 0], 0.65, 3),
    ...gear([[0.65, 0.6, 0.6], [0.65, 0.6, -0.6]], 0.2),
  ];
}

function seaplane(): Solid[] {
  return [
    ...plane({
      fuselage: [0.8, 0.34], height: 1.2, nose: 0.5, tailCone: 1.2,
      wings: { at: [0.35, 1.62], span: 2.0, chords: [0.75, 0.7], sweep: 0, dihedral: 1, thickness: 0.11 },
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

function businessJet(): Solid[] {
  return [
    ...plane({
      fuselage: [1.25, 0.27], height: 0.65, nose: 0.7, tailCone: 0.85,
      wings: { at: [-0.05, 0.5], span: 1.7, chords: [0.7, 0.28], sweep: 0.55, dihedral: 5 },
      tailplane: { at: [-2.15, 1.6], span: 0.7, chords: [0.4, 0.22], sweep: 0.25 },
      fin: [0.75, 0.95, 0.6],
    }),
    ...bothSides((side) => pod([-0.95, 0.85, side * 0.45], 0.7, 0.18)),
    ...gear([[1.2, 0.5, 0], [-0.2, 0.5, 0.35], [-0.2, 0.5, -0.35]], 0.12),
  ];
}

/** Ten planes. */
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
