import type { CurvePoint } from '../engine/protocol.ts';

/** The points of a run's curves, a column each. */
export interface Curve {
  readonly steps: readonly number[];
  readonly error: readonly number[];
  readonly gap: readonly number[];
}

export const emptyCurve: Curve = { steps: [], error: [], gap: [] };

/** More points than this are not seen apart; every second one is dropped then. */
const MOST = 2000;

/** A curve with further points. */
export function extended(curve: Curve, points: readonly CurvePoint[]): Curve {
  if (points.length === 0) return curve;
  const longer: Curve = {
    steps: [...curve.steps, ...points.map(({ step }) => step)],
    error: [...curve.error, ...points.map(({ error }) => error)],
    gap: [...curve.gap, ...points.map(({ gap }) => gap)],
  };
  return longer.steps.length > MOST ? thinned(longer) : longer;
}

/** Every second point, the last one among them. */
function thinned({ steps, error, gap }: Curve): Curve {
  const odd = (steps.length - 1) % 2;
  const kept = (values: readonly number[]): number[] => values.filter((_, i) => i % 2 === odd);
  return { steps: kept(steps), error: kept(error), gap: kept(gap) };
}
