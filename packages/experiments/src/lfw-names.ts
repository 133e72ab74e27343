import type { PretrainingImages } from './lfw-job.ts';

/** Returns the name of a kind of net in charts and captions. */
export function netName(units: string, pretrained: boolean): string {
  return `${units}, ${pretrained ? 'pre-trained' : 'random weights'}`;
}

/** Which images are used for pre-training, in a few words. */
export const IMAGES: Readonly<Record<PretrainingImages, string>> = {
  pairs: 'training pairs’ images',
  people: 'images of all but the test people',
};
