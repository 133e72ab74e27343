import { argumentError, checkOptionNames, shown } from '@deepbelief/checks';
import { checkMixedPart } from './mixed-parts.ts';
import { mixed } from './mixed.ts';
import type { UnitType } from './unit-type.ts';
import type { PartConfig } from './units.ts';

/** How settings, files and user interfaces describe this type. */
export const mixedType: UnitType = {
  type: 'mixed',
  label: 'mixed',
  about: 'Parts of several types side by side, such as the columns of a table.',
  formula: String.raw`P(s\mid x) = \textstyle\prod_p P_p(s_p\mid x_p)`,
  source: 'Tran et al. 2011',
  options: {
    parts: {
      about: 'The parts in order: the unit type of each and its number of units.',
      expected: 'a list of parts, such as [{ units: { type: "binary" }, size: 3 }]',
      accepts: Array.isArray,
    },
  },
  examples: [
    {
      parts: [
        { units: { type: 'binary' }, size: 3 },
        { units: { type: 'softmax', groupSize: 3 }, size: 3 },
        { units: { type: 'gaussian', sigma: 1, learnSigma: true }, size: 2 },
      ],
    },
  ],
  make: (options, unitsOf) => {
    checkOptionNames('mixed', options, ['parts']);
    const { parts } = options;
    if (!Array.isArray(parts)) {
      throw argumentError(
        `mixed: option parts is ${shown(parts)}, expected ${mixedType.options['parts']!.expected}`,
      );
    }
    return mixed(
      (parts as readonly PartConfig[]).map((part, i) => {
        checkMixedPart(part, i);
        return { ...part, units: unitsOf(part.units) };
      }),
    );
  },
};
