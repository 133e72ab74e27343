import { atSite, type RandomKey } from '@deepbelief/random';

/**
 * Where in a step's random numbers each draw of training has its own. No two draws of a step may
 * share a site, so that all of them are here: the noise of NReLUs is drawn by the unit type
 * (`Units.sample`) with the key of one of these.
 */
const sites = {
  /** The hidden states that the data give. */
  positive: 0,
  /** The hidden states of persistent chains that go into the statistics. */
  statistics: 1,
  /** The half steps of chains, visible and hidden in turn: this one and all above. */
  chains: 2,
} as const;

/** The key of the hidden states that the data give. */
export function positiveKey(step: RandomKey): RandomKey {
  return atSite(step, sites.positive);
}

/** The key of the hidden states of persistent chains that go into the statistics. */
export function statisticsKey(step: RandomKey): RandomKey {
  return atSite(step, sites.statistics);
}

/**
 * The key of a chain's half step in a step of training.
 *
 * @param halfStep counted from 0, over both layers
 */
export function halfStepKey(step: RandomKey, halfStep: number): RandomKey {
  return atSite(step, sites.chains + halfStep);
}
