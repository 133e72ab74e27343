import { useEffect, useRef } from 'preact/hooks';

const waiting = new Map<object, () => void>();

/** Draws everything that waits, in one animation frame. */
function flush(): void {
  const drawings = [...waiting.values()];
  waiting.clear();
  for (const draw of drawings) draw();
}

/**
 * Draws in the next animation frame; an earlier drawing of the same owner that still waits is
 * skipped.
 */
function inNextFrame(owner: object, draw: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(flush);
  waiting.set(owner, draw);
}

/** Draws in the next animation frame after any of `inputs` changed. */
export function useFrame(draw: () => void, inputs: readonly unknown[]): void {
  const owner = useRef<object>({});
  useEffect(() => inNextFrame(owner.current, draw), inputs);
  useEffect(() => {
    const key = owner.current;
    return () => void waiting.delete(key);
  }, []);
}
