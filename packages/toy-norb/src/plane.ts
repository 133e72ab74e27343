import { ball, bothSides, plate, rod, slab, type Point, type Solid } from './solids.ts';

/** Measures of a plane. Its nose points along x, its fuselage lies at y = height. */
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

/** A wing with two sides. */
interface Wing {
  /** Where the middle of the root is. */
  readonly at: readonly [x: number, y: number];
  /** Length of one side. */
  readonly span: number;
  /** Chords at the root and at the tip. */
  readonly chords: readonly [number, number];
  /** How far the tip is behind the root. */
  readonly sweep: number;
  /** Upward angle of the tips, in degrees. */
  readonly dihedral?: number;
  readonly thickness?: number;
}

export function wing({ at, span, chords, sweep, dihedral = 3, thickness = 0.09 }: Wing): Solid[] {
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

export function plane({ fuselage, height, nose, tailCone, wings, tailplane, fin }: Plane): Solid[] {
  const [half, radius] = fuselage;
  const [chord, tall, back] = fin;
  return [
    rod([-half, height, 0], [half, height, 0], radius, radius, 14),
    ball([nose, radius, radius], [half, height, 0]),
    rod(
      [-half, height, 0],
      [-half - tailCone, height + radius * 0.5, 0],
      radius,
      radius * 0.25,
      14,
    ),
    ...wing(wings),
    ...wing(tailplane),
    slab(
      [
        [-chord, 0],
        [0, 0],
        [-back, tall],
        [-back - chord * 0.55, tall],
      ],
      0.09,
      [-half - tailCone + chord, height + radius * 0.4, 0],
    ),
  ];
}

/** A propeller of `blades` blades and its hub, facing x. */
export function propeller([x, y, z]: Point, length: number, blades: number): Solid[] {
  return [
    rod([x - 0.1, y, z], [x + 0.2, y, z], 0.13, 0.03),
    ...Array.from({ length: blades }, (_, i) => {
      const angle = Math.PI * (0.3 + (2 * i) / blades);
      return rod(
        [x, y, z],
        [x + 0.02, y + length * Math.cos(angle), z + length * Math.sin(angle)],
        0.06,
        0.1,
        5,
      );
    }),
  ];
}

/** An engine pod around a point. */
export function pod([x, y, z]: Point, length: number, radius: number): Solid[] {
  return [
    rod([x - length / 2, y, z], [x + length / 2, y, z], radius * 0.7, radius, 12),
    ball([radius * 0.6, radius * 0.6, radius * 0.6], [x + length / 2, y, z]),
  ];
}

/** Wheels on legs. */
export function gear(places: readonly Point[], radius: number): Solid[] {
  return places.flatMap(([x, y, z]) => [
    rod([x, y, z], [x, radius, z], 0.05, 0.05, 6),
    rod([x, radius, z - 0.07], [x, radius, z + 0.07], radius, radius, 10),
  ]);
}
