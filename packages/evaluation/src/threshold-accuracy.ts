import { checkNumber } from '@deepbelief/checks';
import { checkScores } from './roc.ts';

/**
 * The share of examples on the right side of a threshold that was fixed beforehand, such as
 * log-odds of 0.
 *
 * @param scores positives are expected above the threshold
 * @param positives 1 or true where an example is positive, as many
 * @throws RangeError when there is no example, the two differ in length, a score or the threshold
 *   is not finite, or one of `positives` is neither 0 nor 1
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
