import { dot, PAPER_SIDE as SIDE, stroke } from '@deepbelief/pictures';
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { DigitSheet } from '../pictures/digit-sheet.tsx';

/** The drawing, and what to do when it changes. */
export interface DrawingPadProps {
  /** Ink of 28 × 28 pixels, 0 to 1; the pad does not change this array. */
  readonly paper: Float32Array<ArrayBuffer>;
  readonly onDraw: (paper: Float32Array<ArrayBuffer>) => void;
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Draws a pad for a mouse, a finger or a pen. On the keyboard, the arrow keys move the pen and the
 * space bar lowers or lifts it.
 */
export function DrawingPad({ paper, onDraw }: DrawingPadProps): JSX.Element {
  const last = useRef<readonly [number, number]>(undefined);
  const [pen, setPen] = useState<readonly [number, number]>([SIDE / 2, SIDE / 2]);
  const [isDown, setDown] = useState(false);
  const [hasKeyboard, setKeyboard] = useState(false);

  const place = (event: PointerEvent, box: DOMRect): readonly [number, number] => [
    ((event.clientX - box.left) / box.width) * SIDE,
    ((event.clientY - box.top) / box.height) * SIDE,
  ];
  const onMove = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    if (last.current === undefined) return;
    const box = event.currentTarget.getBoundingClientRect();
    const drawn = paper.slice();
    // The browser reports several positions at once when the pointer is fast.
    const events = event.getCoalescedEvents();
    for (const moved of events.length > 0 ? events : [event]) {
      const to = place(moved, box);
      stroke(drawn, last.current, to);
      last.current = to;
    }
    onDraw(drawn);
  };
  const onStart = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setKeyboard(false);
    const at = place(event, event.currentTarget.getBoundingClientRect());
    last.current = at;
    const drawn = paper.slice();
    dot(drawn, ...at);
    onDraw(drawn);
  };
  const onEnd = (): void => {
    last.current = undefined;
  };
  const onKey = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const move = moves[event.key];
    const isPen = event.key === ' ' || event.key === 'Enter';
    if (move === undefined && !isPen) return;
    event.preventDefault();
    setKeyboard(true);
    const drawn = paper.slice();
    if (move === undefined) {
      setDown(!isDown);
      if (isDown) return;
      dot(drawn, ...pen);
    } else {
      const keep = (value: number): number => Math.min(SIDE - 0.5, Math.max(0.5, value));
      const to = [keep(pen[0] + move[0]), keep(pen[1] + move[1])] as const;
      setPen(to);
      if (!isDown) return;
      stroke(drawn, pen, to);
    }
    onDraw(drawn);
  };

  return (
    <div
      class="pad"
      role="application"
      aria-label="Drawing pad"
      aria-describedby="pad-help"
      tabIndex={0}
      onPointerDown={onStart}
      onPointerMove={onMove}
      onPointerUp={onEnd}
      onPointerCancel={onEnd}
      onKeyDown={onKey}
      onFocus={(event) => setKeyboard(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => setKeyboard(false)}
    >
      <DigitSheet
        pictures={{ count: 1, width: SIDE, height: SIDE, pixels: paper }}
        columns={1}
        most={1}
        label="What is drawn"
      />
      {hasKeyboard ? (
        <span
          class={isDown ? 'pen pen-down' : 'pen'}
          style={{ left: `${(100 * pen[0]) / SIDE}%`, top: `${(100 * pen[1]) / SIDE}%` }}
        />
      ) : undefined}
    </div>
  );
}
