import { checkSchedule, scheduled, type Schedule } from '@deepbelief/training';

/**
 * Checks the Gibbs steps per training step: a whole number from 1, or a schedule whose values are
 * rounded.
 */
export function checkGibbsSteps(where: string, steps: Schedule): void {
  checkSchedule(where, 'negativePhase.steps', steps, { low: 1, high: 30_000 });
}

/** Returns the number of Gibbs steps at a moment. */
export function gibbsSteps(steps: Schedule, epoch: number): number {
  return Math.round(scheduled(steps, epoch));
}
