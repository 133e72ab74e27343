/** Figures by path, each as JSON writes it. Every digit of a number counts. */
export type Figures = ReadonlyMap<string, string>;

/** What differs between two equal runs: how long they took and where they wrote. */
const PASSED_OVER = /^(seconds|milliseconds|ms|folder|report|file|path)$/;

/** Digests of files, which may be written differently and still hold the same figures. */
const DIGEST = /^(sha256 of .*: )?[0-9a-f]{64}$/;

/** All numbers, words and truth values in plain data, except times, places and digests. */
export function figuresOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string' && DIGEST.test(value)) return new Map();
  if (typeof value !== 'object' || value === null)
    return new Map([[path, JSON.stringify(value) ?? 'undefined']]);
  return new Map(
    Object.entries(value)
      .filter(([key]) => !PASSED_OVER.test(key))
      .flatMap(([key, inner]) => [...figuresOf(inner, path === '' ? key : `${path}.${key}`)]),
  );
}

/** A figure that differs; undefined if one side lacks it. */
export interface Difference {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** How two sets of figures compare. */
export interface FigureComparison {
  readonly same: number;
  /** Figures that changed or disappeared. */
  readonly differences: readonly Difference[];
  /** Paths of figures that the earlier run did not have. */
  readonly added: readonly string[];
}

/** Compares figures digit by digit. */
export function compareFigures(before: Figures, after: Figures): FigureComparison {
  const differences = [...before]
    .map(([path, value]) => ({ path, before: value, after: after.get(path) }))
    .filter((one) => one.before !== one.after);
  return {
    same: before.size - differences.length,
    differences,
    added: [...after.keys()].filter((path) => !before.has(path)),
  };
}
