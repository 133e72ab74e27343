import { checkNumber } from '@deepbelief/checks';
import { checkScores } from './roc.ts';

/**
 * Returns the share of examples on the right side of a threshold fixed in advance, such as log-odds
 * of 0.
 *
 * @param scores positives are expected above the threshold
 * @param positives for each example, 1 or true if it is positive
 * @throws RangeError if there are no examples, the lists differ in length, a score or the threshold
 *   is not finite, or an entry of `positives` is neither 0 nor 1
 */
export function thresholdAccuracy(
  scores: ArrayLike<number>,
  positives: ArrayLike<number | boolean>,
  threshold = 0,
): number {
  const truth = checkScores('thresholdAccuracy', scores, positives);
  checkNumber('thresholdAccuracy', 'threshold', threshold, {});
  let right = 0;
  truth.forEach((positive, i) => {
    if (scores[i]! > threshold === (positive === 1)) right++;
  });
  return right / truth.length;
}
