import { readBundleHeader } from '@deepbelief/training';
import { readdir } from 'node:fs/promises';
import { decodeSafetensors } from '@deepbelief/safetensors';
import * as z from 'zod';
import { dataDifference, dataIdentitySchema, type DataIdentity } from './data-identity.ts';
import { JOB_FILES } from './job.ts';
import { LEARNED, RunFolder, type JobPlan } from './run-folder.ts';
import { sha256, unsealedJson } from './sealed-json.ts';
import { UserError } from './user-error.ts';

/** The file that records which data a run uses. */
const DATA = 'data.json';
const START_AGAIN = 'restore it from a copy, or remove the folder and start again';

/** What a result's file holds besides the result. Files of earlier versions have neither. */
interface Stamp {
  readonly run?: string | undefined;
  readonly models?: Readonly<Record<string, string>> | undefined;
}

export const stampSchema: z.ZodType<Stamp> = z.looseObject({
  run: z.string().optional(),
  models: z.record(z.string(), z.string()).optional(),
});

/**
 * A job's folder. Its files name the run they belong to, so that files of another run are not
 * mistaken for its own. A run is identified by its plan, without the paths of its data, and by the
 * data.
 */
export class JobFolder extends RunFolder {
  #job: object;
  readonly #models = new Map<string, string>();
  #run: string | undefined;

  constructor(path: string, job: { readonly data: object }, notice: (line: string) => void) {
    super(path, notice);
    this.#job = withoutData(job);
  }

  override async plan(job: object): Promise<JobPlan | undefined> {
    const found = await super.plan(job);
    // Files identify their run by the plan as it was written.
    if (found !== undefined) this.#job = withoutData(found.job);
    return found;
  }

  /** The name of this run in its files; known once its data are. */
  get run(): string {
    if (this.#run === undefined)
      throw new Error(`${this.path}: the data of the run are not known yet`);
    return this.#run;
  }

  /**
   * Records which data the run uses, or compares them with those recorded before.
   *
   * @throws UserError that says what differs, if something has already been learned from other data
   */
  async bindData(data: DataIdentity): Promise<void> {
    const found = await this.#readData();
    const difference = found && dataDifference(found, data);
    if (difference !== undefined && (await this.#hasLearned())) {
      throw new UserError(
        `${this.path} was begun on other data (${difference}); give the same data, another ` +
          '--out, or remove it',
      );
    }
    if (found === undefined || difference !== undefined) await this.writeJson(DATA, data);
    this.#setRun(data);
  }

  /**
   * Returns the result of a finished run; undefined if it is not finished.
   *
   * @param models the names of the model files that the run must have
   * @throws UserError or SafetensorsError if the result or a model is damaged, missing or from
   *   another run
   */
  async finished<Result>(
    schema: z.ZodType<Result>,
    models: readonly string[],
  ): Promise<Result | undefined> {
    const remedy = 'remove it, and --resume computes it again from the models';
    const stamp = await this.readJson(JOB_FILES.result, stampSchema, remedy);
    if (stamp === undefined) return undefined;
    const { run, models: own, ...members } = stamp.value;
    const result = schema.safeParse(members);
    const file = this.file(JOB_FILES.result);
    if (!result.success) throw new UserError(`${file} is not the result of such a run: ${remedy}`);
    if (stamp.sealed) await this.#checkRun(run, file, remedy);
    for (const name of models) await this.#checkModel(name, own?.[name]);
    return result.data;
  }

  /** Writes the result, with the digests of the models that were written or reused. */
  async finish(result: object): Promise<void> {
    const models = Object.fromEntries([...this.#models].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    await this.writeJson(JOB_FILES.result, { run: this.run, models, ...result });
  }

  /** Writes a model that belongs to the result. */
  async writeModel(name: string, bytes: Uint8Array): Promise<void> {
    this.noteModel(name, modelDigest(bytes, this.file(name)));
    await this.write(name, bytes);
  }

  /** Records a model that belongs to the result. */
  noteModel(name: string, digest: string): void {
    this.#models.set(name, digest);
  }

  /**
   * Returns what is recorded about the data. Earlier versions recorded nothing, so a file without a
   * digest is not theirs.
   */
  async #readData(): Promise<DataIdentity | undefined> {
    const bytes = await this.read(DATA);
    if (bytes === undefined) return undefined;
    const { value, sealed } = unsealedJson(bytes, this.file(DATA), dataIdentitySchema, START_AGAIN);
    if (!sealed)
      throw new UserError(`${this.file(DATA)} is damaged, it has no digest: ${START_AGAIN}`);
    return value;
  }

  async #checkRun(run: string | undefined, file: string, remedy: string): Promise<void> {
    const data = await this.#readData();
    if (data === undefined)
      throw new UserError(`${this.file(DATA)} is gone, expected it: ${START_AGAIN}`);
    this.#setRun(data);
    if (run !== this.#run) throw new UserError(`${file} is of another run: ${remedy}`);
  }

  async #checkModel(name: string, digest: string | undefined): Promise<void> {
    const file = this.file(name);
    const bytes = await this.read(name);
    const done = `though ${JOB_FILES.result} says that the run is done`;
    const remedy = `restore it, or remove ${JOB_FILES.result} and it, and --resume trains what is missing`;
    if (bytes === undefined) throw new UserError(`${file} is gone, ${done}: ${remedy}`);
    decodeSafetensors(bytes, file);
    if (digest !== undefined && modelDigest(bytes, file) !== digest) {
      throw new UserError(`${file} is not the model of this run: ${remedy}`);
    }
  }

  async #hasLearned(): Promise<boolean> {
    const names = await readdir(this.path);
    return names.some((name) => LEARNED.test(name));
  }

  #setRun(data: DataIdentity): void {
    this.#run = sha256(JSON.stringify([this.#job, data]));
  }
}

function withoutData(job: object): object {
  const { data: _, ...rest } = job as { readonly data?: unknown };
  return rest;
}

/**
 * Identifies a model or checkpoint: by the digest in the file, or by the digest of its bytes if the
 * file states none.
 */
export function modelDigest(bytes: Uint8Array, file: string): string {
  return readBundleHeader(bytes, file).digest ?? sha256(bytes);
}
