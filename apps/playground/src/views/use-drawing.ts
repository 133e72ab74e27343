import { useEffect, useRef, useState } from 'preact/hooks';
import type { Drawing } from '../engine/protocol.ts';
import type { PageState } from '../runs/page-state.ts';

/** A question about a drawing. */
export interface DrawingQuestion {
  /** Ink, 0 to 1. */
  readonly pixels: Float32Array<ArrayBuffer>;
  readonly intensity: number;
  readonly withoutBiases: boolean;
}

/**
 * Returns what the main run makes of a drawing. Only one question is asked at a time; the newest
 * waits, and older ones are skipped.
 */
export function useDrawing(page: PageState, question: DrawingQuestion): Drawing | undefined {
  const [drawing, setDrawing] = useState<Drawing>();
  const waiting = useRef<DrawingQuestion>(undefined);
  const isAsking = useRef(false);
  const { pixels, intensity, withoutBiases } = question;
  const now = page.main.snapshot.value;

  useEffect(() => {
    waiting.current = question;
    const ask = async (): Promise<void> => {
      if (isAsking.current) return;
      isAsking.current = true;
      while (waiting.current !== undefined) {
        const asked = waiting.current;
        waiting.current = undefined;
        const answer = await page.engine.ask('draw', { run: 'main', ...asked });
        if (answer !== undefined) setDrawing(answer);
      }
      isAsking.current = false;
    };
    if (now !== undefined) void ask();
    // The drawing is compared by its ink: every render makes a new array of the same ink.
  }, [
    key(pixels),
    intensity,
    withoutBiases,
    now?.step,
    now?.depth,
    page.classification.value?.done,
  ]);
  return drawing;
}

/** Returns a short text that distinguishes drawings. */
export function key(pixels: Float32Array): string {
  let hash = 0;
  for (let i = 0; i < pixels.length; i++)
    hash = (Math.imul(hash, 31) + Math.round(pixels[i]! * 65535) + i) | 0;
  return hash.toString(36);
}
