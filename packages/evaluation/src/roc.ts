import { argumentError, checkList, checkSameLength, zerosAndOnes } from '@deepbelief/checks';

/** How well a score separates positives from negatives at all thresholds. */
export interface Roc {
  /**
   * Share of negatives and share of positives that score above a threshold, as the threshold falls
   * from above all scores to below all: from [0, 0] to [1, 1], with one point per distinct score.
   */
  readonly points: readonly (readonly [falsePositives: number, truePositives: number])[];
  /**
   * Area under the curve: the probability that a positive scores above a negative, counting equal
   * scores as half.
   */
  readonly auc: number;
  /**
   * The rate at which the share of missed positives equals the share of accepted negatives,
   * interpolated linearly between points.
   */
  readonly equalErrorRate: number;
}

/**
 * Computes the receiver operating characteristic of scores.
 *
 * Source: T. Fawcett, "An introduction to ROC analysis" (2006), algorithms 1 and 2.
 *
 * @param scores in any unit, higher for positives
 * @param positives for each example, 1 or true if it is positive
 * @throws RangeError if the lists differ in length, a score is not finite, an entry of `positives`
 *   is neither 0 nor 1, or there are no positives or no negatives
 */
export function roc(scores: ArrayLike<number>, positives: ArrayLike<number | boolean>): Roc {
  const truth = checkScores('roc', scores, positives);
  const order = Array.from(truth, (_, i) => i).toSorted((a, b) => scores[b]! - scores[a]!);
  const total = truth.reduce((sum, value) => sum + value, 0);
  if (total === 0 || total === truth.length) {
    throw argumentError(
      `roc: ${total} of ${truth.length} examples are positive, expected some of both kinds`,
    );
  }
  const points: [number, number][] = [[0, 0]];
  let [hits, alarms] = [0, 0];
  order.forEach((example, i) => {
    if (truth[example] === 1) hits++;
    else alarms++;
    const last = i === order.length - 1;
    // Examples with equal scores pass the threshold together.
    if (last || scores[order[i + 1]!] !== scores[example])
      points.push([alarms / (truth.length - total), hits / total]);
  });
  let area = 0;
  let equalErrorRate = 1;
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1]!, points[i]!];
    area += ((x1 - x0) * (y0 + y1)) / 2;
    // Misses minus false alarms, 1 − y − x, falls from 1 to −1 along the points.
    const [before, after] = [1 - y0 - x0, 1 - y1 - x1];
    if (before > 0 && after <= 0) equalErrorRate = x0 + ((x1 - x0) * before) / (before - after);
  }
  return { points, auc: area, equalErrorRate };
}

/**
 * Returns which scored examples are positive, as 1 and 0.
 *
 * @param where the function, for errors
 * @throws RangeError if there are no examples, the lists differ in length, a score is not finite,
 *   or an entry of `positives` is neither 0 nor 1
 */
export function checkScores(
  where: string,
  scores: ArrayLike<number>,
  positives: ArrayLike<number | boolean>,
): Uint8Array {
  checkSameLength(where, 'scores', scores, 'positives', positives);
  checkList(where, 'scores', scores, {});
  return zerosAndOnes(where, 'positives', positives);
}
