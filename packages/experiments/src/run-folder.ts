import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BackendOptions } from '@deepbelief/backend';
import {
  makeFolder,
  readRegularFile,
  RegularFileError,
  writeFileWhole,
} from '@deepbelief/safetensors/node';
import * as z from 'zod';
import { inTodaysForm } from './earlier-job.ts';
import { unchecked } from './unchecked.ts';
import { sealedJson, unsealedJson, type Unsealed } from './sealed-json.ts';
import { UserError } from './user-error.ts';

/** The file that holds a job's plan and what computes it. */
export const PLAN = 'job.json';

/** What a job's folder contains once it has learned something. */
export const LEARNED: RegExp = /\.(?:checkpoint|safetensors|history\.json)$|^result\.json$/;

/**
 * A folder of a run's files: models, checkpoints, results. Each file is written whole or not at
 * all.
 */
export class RunFolder {
  readonly path: string;
  /** Notifies the user while the run goes on, in one line. */
  readonly notice: (line: string) => void;

  constructor(path: string, notice: (line: string) => void = () => {}) {
    this.path = path;
    this.notice = notice;
  }

  /** Makes the folder if it is missing. */
  async create(): Promise<this> {
    await makeFolder(this.path);
    return this;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Reads a file's bytes; undefined if there is no file. */
  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readRegularFile(this.file(name));
    } catch (error) {
      if (error instanceof RegularFileError && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /**
   * Reads the bytes of a file that the run wrote.
   *
   * @throws UserError if the file is missing
   */
  async readKept(name: string): Promise<Uint8Array> {
    const bytes = await this.read(name);
    if (bytes !== undefined) return bytes;
    throw new UserError(
      `${this.file(name)} is gone, expected a file of this run: restore it, or start again ` +
        'with another --out',
    );
  }

  /** Writes a file. Its old content is kept under another name if one is given. */
  async write(name: string, bytes: Uint8Array, keep?: string): Promise<void> {
    await writeFileWhole(
      this.file(name),
      bytes,
      keep === undefined ? {} : { keep: this.file(keep) },
    );
  }

  /**
   * Reads the value of a JSON file; undefined if there is no file.
   *
   * @param remedy what the user can do about a file that cannot be used
   * @throws UserError for a file that is damaged, was edited or holds something else
   */
  async readJson<Value>(
    name: string,
    schema: z.ZodType<Value>,
    remedy: string,
  ): Promise<Unsealed<Value> | undefined> {
    const bytes = await this.read(name);
    if (bytes === undefined) return undefined;
    const found = unsealedJson(bytes, this.file(name), schema, remedy);
    if (!found.sealed) this.notice(unchecked(this.file(name)));
    return found;
  }

  /** Writes an object as JSON with a digest. */
  async writeJson(name: string, value: object): Promise<void> {
    await this.write(name, sealedJson(value));
  }

  /**
   * Removes a file if it exists, and temporary files of processes that were killed while they wrote
   * it.
   */
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
   * Reads what was written when the job was begun here; undefined if no job was.
   *
   * @throws UserError that names what differs, if the folder holds another job
   */
  async plan(job: object): Promise<JobPlan | undefined> {
    const plan = JSON.parse(JSON.stringify(job)) as Fields;
    const found = await this.#readPlan();
    if (found === undefined) return undefined;
    const before = inTodaysForm(found.job);
    if (isDeepStrictEqual(before, plan)) return found;
    const names = Object.keys({ ...plan, ...before });
    const name = names.find((key) => !isDeepStrictEqual(before[key], plan[key]));
    throw new UserError(
      `${this.path} holds a run with other options (${name} differs); give the same options, ` +
        'another --out, or remove it',
    );
  }

  async #readPlan(): Promise<JobPlan | undefined> {
    const remedy = 'restore it from a copy, or remove the folder and start again';
    return (await this.readJson(PLAN, planSchema, remedy))?.value;
  }

  /** Begins a job here. */
  async claim(plan: JobPlan): Promise<void> {
    await this.writeJson(PLAN, plan);
  }

  /** Returns what computes the job that was begun here; undefined if no job was. */
  async computedBy(): Promise<BackendOptions | undefined> {
    return (await this.#readPlan())?.computedBy;
  }
}

/** What a job's folder records about it. */
export interface JobPlan {
  readonly job: object;
  /** What identifies the arithmetic. */
  readonly arithmetic: string;
  /** What selects it again. Earlier versions did not record it. */
  readonly computedBy?: BackendOptions | undefined;
}

export const planSchema: z.ZodType<JobPlan> = z.strictObject({
  job: z.record(z.string(), z.unknown()),
  arithmetic: z.string(),
  computedBy: z
    .strictObject({
      backend: z.enum(['webgpu', 'wasm+blas', 'wasm', 'cpu']).exactOptional(),
      threads: z.int().exactOptional(),
      library: z.string().exactOptional(),
      kernels: z.string().exactOptional(),
    })
    .optional(),
});

type Fields = Readonly<Record<string, unknown>>;
