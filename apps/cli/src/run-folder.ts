import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readRegularFile, RegularFileError, writeFileWhole } from '@deepbelief/safetensors/node';
import { UserError } from './user-error.ts';

/** File that holds a job's plan and what computes it. */
export const PLAN = 'job.json';

/** A folder of a run's files: models, checkpoints, results. Each file is written whole or not at all. */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder where it is missing. */
  async create(): Promise<this> {
    await mkdir(this.path, { recursive: true });
    return this;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Bytes of a file, or undefined where there is none. */
  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readRegularFile(this.file(name));
    } catch (error) {
      if (error instanceof RegularFileError && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await writeFileWhole(this.file(name), bytes);
  }

  async readJson(name: string): Promise<unknown> {
    const bytes = await this.read(name);
    if (bytes === undefined) return undefined;
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    } catch {
      throw new UserError(`${this.file(name)} is damaged: no JSON; remove the folder and start again`);
    }
  }

  async writeJson(name: string, value: unknown): Promise<void> {
    await this.write(name, new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`));
  }

  /** Removes a file where it is there, and what processes that were killed while they wrote it left beside it. */
  async remove(name: string): Promise<void> {
    const halves = (await readdir(this.path)).filter(
      (found) => found.startsWith(`.${name}.`) && found.endsWith('.tmp'),
    );
    for (const found of [name, ...halves]) await rm(this.file(found), { force: true });
  }

  async has(name: string): Promise<boolean> {
    return stat(this.file(name)).then(
      () => true,
      () => false,
    );
  }

  /**
   * Writes a job's plan into a new folder; in an old one it must be the same.
   *
   * @throws UserError that names what differs
   */
  async claim(job: object, arithmetic: string): Promise<void> {
    const plan = JSON.parse(JSON.stringify({ job, arithmetic })) as Plan;
    const found = (await this.readJson(PLAN)) as Plan | undefined;
    if (found === undefined) return this.writeJson(PLAN, plan);
    if (!isDeepStrictEqual(found.job, plan.job)) {
      const name = Object.keys(plan.job).find((key) => !isDeepStrictEqual(found.job?.[key], plan.job[key]));
      throw new UserError(
        `${this.path} holds a run with other options (${name} differs); give the same options, another --out, or remove it`,
      );
    }
    if (found.arithmetic !== arithmetic) {
      throw new UserError(
        `${this.path} was computed by ${found.arithmetic}, here it would be ${arithmetic}: the run would no longer ` +
          'repeat bit for bit; choose the same --backend and --threads, or remove it',
      );
    }
  }
}

interface Plan {
  readonly job: Readonly<Record<string, unknown>>;
  readonly arithmetic: string;
}
