import { execa } from 'execa';

/** How long a process may take to end by itself, in milliseconds. */
const PATIENCE = 5000;

function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  return execa(command, args, { stdin: 'pipe', reject: false, extendEnv: false, env });
}

/** A process that answers each line with a line of JSON. */
export class LineProcess {
  readonly #child: ReturnType<typeof start>;
  readonly #lines: AsyncIterator<string>;

  constructor(command: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.#child = start(command, args, environment);
    // A process that is gone is seen by its missing answer.
    this.#child.stdin.on('error', () => {});
    this.#lines = this.#child.iterable();
  }

  /** The next line's object. Throws an Error of one line when the process ends instead. */
  async answer(): Promise<Record<string, unknown>> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done) throw new Error(await this.#complaint());
      try {
        return JSON.parse(next.value) as Record<string, unknown>;
      } catch {
        // A greeting of some library.
      }
    }
  }

  /** The line that says what went wrong, out of a trace. */
  async #complaint(): Promise<string> {
    const { stderr, originalMessage } = await this.#child;
    const lines = stderr.split('\n').filter((line) => line.trim() !== '');
    return (
      lines.findLast((line) => /^\w*Error\b/.test(line)) ??
      lines.at(-1) ??
      originalMessage ??
      'ended without a word'
    ).trim();
  }

  ask(line: string): Promise<Record<string, unknown>> {
    this.#child.stdin.write(`${line}\n`);
    return this.answer();
  }

  /** Ends the process and waits for it. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    await this.#child;
    clearTimeout(timer);
  }
}
