import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that answers each line with a line of JSON. */
export class LineProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #stderr = '';

  constructor(command: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.#child = spawn(command, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr!.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    // A missing answer shows that the process is gone.
    this.#child.stdin!.on('error', () => {});
    this.#child.on('error', (error) => (this.#stderr += error.message));
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** Returns the next line's object. Throws a one-line Error if the process ends instead. */
  async answer(): Promise<Record<string, unknown>> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done) throw new Error(this.#complaint());
      try {
        return JSON.parse(next.value) as Record<string, unknown>;
      } catch {
        // A library's greeting.
      }
    }
  }

  /** The line of a trace that says what went wrong. */
  #complaint(): string {
    const lines = this.#stderr.split('\n').filter((line) => line.trim() !== '');
    return (
      lines.findLast((line) => /^\w*Error\b/.test(line)) ??
      lines.at(-1) ??
      'ended without a message'
    ).trim();
  }

  ask(line: string): Promise<Record<string, unknown>> {
    this.#child.stdin!.write(`${line}\n`);
    return this.answer();
  }

  /** Ends the process and waits for it. */
  async end(): Promise<void> {
    if (
      this.#child.exitCode !== null ||
      this.#child.signalCode !== null ||
      this.#child.pid === undefined
    )
      return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin!.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await gone;
    clearTimeout(timer);
  }
}
