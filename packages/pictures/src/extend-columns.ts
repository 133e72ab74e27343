/** Lists of values at the same places, by name: `{ step: [0, 1], error: [0.3, 0.2] }`. */
export type Columns<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Appends points to columns. Once there are more than `most` points, every second one is dropped;
 * the last one stays.
 */
export function extendColumns<Name extends string>(
  columns: Columns<Name>,
  points: readonly Readonly<Record<Name, number>>[],
  most = 2000,
): Columns<Name> {
  if (points.length === 0) return columns;
  const longer = {} as Record<Name, readonly number[]>;
  for (const name of Object.keys(columns) as Name[]) {
    const values = [...columns[name], ...points.map((point): number => point[name])];
    const odd = (values.length - 1) % 2;
    longer[name] = values.length > most ? values.filter((_, i) => i % 2 === odd) : values;
  }
  return longer;
}
