import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BackendOptions } from '@deepbelief/backend';
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
   * What was written when the job was begun here; undefined where none was.
   *
   * @throws UserError when the folder holds another job, that names what differs
   */
  async plan(job: object): Promise<JobPlan | undefined> {
    const plan = JSON.parse(JSON.stringify(job)) as Fields;
    const found = (await this.readJson(PLAN)) as JobPlan | undefined;
    if (found === undefined || isDeepStrictEqual(found.job, plan)) return found;
    const name = Object.keys(plan).find((key) => !isDeepStrictEqual((found.job as Fields)?.[key], plan[key]));
    throw new UserError(
      `${this.path} holds a run with other options (${name} differs); give the same options, another --out, or remove it`,
    );
  }

  /** Begins a job here. */
  async claim(plan: JobPlan): Promise<void> {
    await this.writeJson(PLAN, plan);
  }

  /** What computes the job that was begun here; undefined where none was. */
  async computedBy(): Promise<BackendOptions | undefined> {
    return ((await this.readJson(PLAN)) as JobPlan | undefined)?.computedBy;
  }
}

/** What a job's folder says of it. */
export interface JobPlan {
  readonly job: object;
  /** What identifies the arithmetic. */
  readonly arithmetic: string;
  /** What takes it again. */
  readonly computedBy: BackendOptions;
}

type Fields = Readonly<Record<string, unknown>>;
