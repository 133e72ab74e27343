/** Values, each at its own place. */
export interface Column {
  /** Increasing. */
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/**
 * Extends columns to all places that any of them has, so that they can share a chart's axis; `null`
 * if a column has no value at a place.
 */
export function joinColumns(columns: readonly Column[]): {
  readonly at: readonly number[];
  readonly columns: readonly (readonly (number | null)[])[];
} {
  const [first] = columns;
  if (columns.length === 1 && first !== undefined) return { at: first.at, columns: [first.values] };
  const at = [...new Set(columns.flatMap((column) => column.at))].toSorted((a, b) => a - b);
  return {
    at,
    columns: columns.map((column) => {
      const values = new Map(column.at.map((place, i) => [place, column.values[i]!]));
      return at.map((place) => values.get(place) ?? null);
    }),
  };
}
