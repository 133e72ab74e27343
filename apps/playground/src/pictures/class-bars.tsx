import { percent } from '@deepbelief/pictures';
import type { JSX } from 'preact';

/** The output of a classifier. */
export interface ClassBarsProps {
  /** A probability for each class. */
  readonly probabilities: ArrayLike<number>;
  readonly caption: string;
}

/** Draws a bar for each class and marks the likeliest. */
export function ClassBars({ probabilities, caption }: ClassBarsProps): JSX.Element {
  const all = Array.from(probabilities);
  const best = all.indexOf(all.reduce((a, b) => Math.max(a, b), -Infinity));
  return (
    <table class="classes">
      <caption>{caption}</caption>
      <tbody>
        {all.map((probability, digit) => (
          <tr key={digit} class={digit === best ? 'best' : undefined}>
            <th scope="row">{digit}</th>
            <td class="track">
              <div class="bar" style={{ width: `${(100 * probability).toFixed(1)}%` }} />
            </td>
            <td class="figure">{percent(probability)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
