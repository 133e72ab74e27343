import { z } from 'zod';
import { SCHEMA_FORMAT, type TableSchema } from './schema.ts';

const common = { name: z.string(), gaps: z.int().nonnegative() };
const categories = z.array(z.string()).min(2);

/** The shape of a schema's JSON. */
export const schemaShape: z.ZodType<TableSchema> = z.strictObject({
  format: z.literal(SCHEMA_FORMAT),
  rows: z.int().positive(),
  columns: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          ...common,
          kind: z.literal('number'),
          mean: z.number(),
          deviation: z.number().positive(),
        }),
        z.strictObject({ ...common, kind: z.literal('binary'), categories: categories.max(2) }),
        z.strictObject({ ...common, kind: z.literal('category'), categories }),
        z.strictObject({ ...common, kind: z.literal('ordinal'), categories: categories.max(256) }),
        z.strictObject({ ...common, kind: z.literal('count'), most: z.int().min(1).max(1024) }),
        z.strictObject({ ...common, kind: z.literal('ignored'), why: z.string() }),
      ]),
    )
    .min(1),
  label: z.string().optional(),
});
