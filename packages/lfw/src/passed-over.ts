/** Counts skipped files, which are not pictures, by kind. */
export class PassedOver {
  readonly #counts = new Map<string, number>();

  /** Counts a file by its name, or anything else by a word for its kind. */
  add(name: string, kind: string = kindOf(name)): void {
    // So that a hostile folder cannot make a long list of kinds.
    const known = this.#counts.has(kind) || this.#counts.size < 20 ? kind : 'other';
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + 1);
  }

  /** How many of each kind: `.txt`, `hidden`, `folder`, `other`. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}

/** The counts in words: `2 .txt, 1 hidden`; empty if there are none. */
export function passedOverText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

function kindOf(name: string): string {
  if (name.startsWith('.')) return 'hidden';
  return /\.[a-z0-9]{1,8}$/.exec(name.toLowerCase())?.[0] ?? 'other';
}
