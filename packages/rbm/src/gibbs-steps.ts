import { checkSchedule, scheduled, type Schedule } from '@deepbelief/training';

/** Gibbs steps a training step: a whole number from 1, or a schedule whose values are rounded. */
export function checkGibbsSteps(where: string, steps: Schedule): void {
  checkSchedule(where, 'negativePhase.steps', steps, { low: 1, high: 30_000 });
}

/** How many there are at a moment. */
export function gibbsSteps(steps: Schedule, epoch: number): number {
  return Math.round(scheduled(steps, epoch));
}
