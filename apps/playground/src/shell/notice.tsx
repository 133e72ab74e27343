import type { JSX } from 'preact';

/** A button that fixes a problem. */
export interface Remedy {
  readonly label: string;
  readonly onClick: () => void;
}

/** A sentence that must be read, with buttons for what can be done. */
export interface NoticeProps {
  readonly text: string;
  /** Whether something went wrong. */
  readonly isBad?: boolean;
  readonly remedies?: readonly Remedy[];
}

/** Draws a sentence in a box; screen readers read it when it appears. */
export function Notice({ text, isBad = false, remedies = [] }: NoticeProps): JSX.Element {
  return (
    <div class={isBad ? 'notice notice-bad' : 'notice'} role={isBad ? 'alert' : 'status'}>
      <p>{text}</p>
      {remedies.map(({ label, onClick }) => (
        <button type="button" key={label} onClick={onClick}>
          {label}
        </button>
      ))}
    </div>
  );
}
