import { atSite, type RandomKey } from '@deepbelief/random';

/**
 * The sites of a training step's draws in its random numbers. No two draws of a step may share a
 * site, so all sites are listed here. Unit types draw their noise, such as that of NReLUs, with the
 * key of one of these (`Units.sample`).
 */
const sites = {
  /** The hidden states given the data. */
  positive: 0,
  /** The hidden states of persistent chains that go into the statistics. */
  statistics: 1,
  /** The half steps of chains, visible and hidden in turn: this site and all above it. */
  chains: 2,
} as const;

/** Returns the key of the hidden states given the data. */
export function positiveKey(step: RandomKey): RandomKey {
  return atSite(step, sites.positive);
}

/** Returns the key of the hidden states of persistent chains that go into the statistics. */
export function statisticsKey(step: RandomKey): RandomKey {
  return atSite(step, sites.statistics);
}

/**
 * Returns the key of a chain's half step in a training step.
 *
 * @param halfStep counted from 0 over both layers
 */
export function halfStepKey(step: RandomKey, halfStep: number): RandomKey {
  return atSite(step, sites.chains + halfStep);
}
