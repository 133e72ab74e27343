import { checkSchedule, scheduled, type Schedule } from '@deepbelief/training';

/** Gibbs steps a training step: a whole number from 1, or a schedule whose values are rounded. */
export function checkGibbsSteps(where: string, steps: Schedule): void {
  checkSchedule(where, 'negativePhase.steps', steps, { low: 1, high: 30_000 });
}

/** How many there are at a moment. */
export function gibbsSteps(steps: Schedule, epoch: number): number {
  return Math.round(scheduled(steps, epoch));
}

/** The number of steps for people: `1`, or `1 to 10` for a schedule. */
export function describeSteps(steps: Schedule): string {
  const values =
    typeof steps === 'number'
      ? [steps]
      : 'from' in steps
        ? [steps.from, steps.to]
        : steps.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.round);
  return low === high ? String(low) : `${low} to ${high}`;
}
