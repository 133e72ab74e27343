import * as z from 'zod';
import type { RunFolder } from './run-folder.ts';

/** What is recorded about a stage: the reports of its epochs, and which files belong to it. */
export interface StageHistory<Report> {
  /** The run that it belongs to; absent in files of earlier versions. */
  readonly run?: string | undefined;
  /** Digest of the stage's model, once the stage is finished. */
  readonly model?: string | undefined;
  /**
   * Digests of its checkpoints until then: the newest, which may not be written yet, and earlier
   * ones.
   */
  readonly checkpoints?: readonly string[] | undefined;
  readonly reports: readonly Report[];
}

/** Returns the file name of a stage's history. */
export function historyFile(stage: string): string {
  return `${stage}.history.json`;
}

/** A history of this version, or only the reports. */
export function historySchema<Report>(
  report: z.ZodType<Report>,
): z.ZodType<Report[] | (StageHistory<Report> & { readonly reports: Report[] })> {
  const reports = z.array(report);
  const whole = z.strictObject({
    run: z.string(),
    model: z.string().optional(),
    checkpoints: z.array(z.string()).optional(),
    reports,
  });
  return z.union([whole, reports]);
}

/**
 * Reads a stage's history of this version, or of an earlier version, which held only the reports.
 * Throws a UserError.
 */
export async function readHistory<Report>(
  folder: RunFolder,
  stage: string,
  report: z.ZodType<Report>,
): Promise<(StageHistory<Report> & { readonly sealed: boolean }) | undefined> {
  const remedy =
    `restore it from a copy, or remove it and ${stage}.safetensors, and --resume trains the ` +
    'stage again';
  const found = await folder.readJson(historyFile(stage), historySchema(report), remedy);
  if (found === undefined) return undefined;
  const { value, sealed } = found;
  return 'reports' in value ? { ...value, sealed } : { reports: value, sealed };
}
