import { aText, checkOptions, finiteNumber } from '@deepbelief/checks';
import { inMemoryDataset, indexedDataset, type IndexedDataset } from '@deepbelief/data';
import { fileIdentity, prepareImages } from '@deepbelief/data/node';
import { checkSchema } from './parse-schema.ts';
import { rowEncoder, type RowEncoder } from './row-encoder.ts';
import type { TableSchema } from './schema.ts';
import { TableError } from './table-error.ts';
import type { TableSource } from './table-source.ts';

/** Options of `tableDataset`. */
export interface TableDatasetOptions {
  /** Its name in messages and reports. Default the file's path. */
  readonly name?: string;
  /**
   * A file to keep the rows' numbers in, for a table that is larger than memory. It is written once
   * and used again while the table and the schema stay the same. Default: in memory.
   */
  readonly prepared?: string;
  /** Without `prepared`: the most bytes of the rows' numbers in memory. Default 1 GiB. */
  readonly maxBytes?: number;
}

/** Part of what prepared rows depend on; another number makes all be prepared again. */
const VERSION = 2;

/** Rows that are turned into numbers at a time. */
const ROWS = 256;

/** Labels in a piece. */
const LABELS = 2 ** 20;

/**
 * Makes a dataset of a table's rows by a schema: one value for a number, a binary column, a grade
 * and a count, one for each category of a category. Numbers are standardized. Gaps are gaps of the
 * dataset: `observed` of a minibatch says which values are known.
 *
 * @throws TableError like `rowEncoder`, for more bytes than `maxBytes`, and what reading throws;
 *   RangeError for unknown options
 */
export async function tableDataset(
  source: TableSource,
  schema: TableSchema,
  options: TableDatasetOptions = {},
): Promise<IndexedDataset> {
  checkOptions('tableDataset', options, {
    name: aText,
    prepared: aText,
    maxBytes: finiteNumber({ low: 1 }),
  });
  checkSchema(schema, source.path);
  const encoder = rowEncoder(source, schema);
  const { name = source.path, prepared, maxBytes = 2 ** 30 } = options;
  return prepared === undefined
    ? inMemory(source, encoder, name, maxBytes)
    : fromPrepared(source, schema, encoder, name, prepared);
}

/** Yields the numbers of some rows at a time, and their classes. */
async function* encodedRows(
  source: TableSource,
  encoder: RowEncoder,
): AsyncGenerator<{ readonly values: Float32Array; readonly labels: Int32Array }, void, undefined> {
  let done = 0;
  for await (const rows of source.rows()) {
    for (let begin = 0; begin < rows.length; begin += ROWS) {
      const some = rows.slice(begin, begin + ROWS);
      const values = new Float32Array(some.length * encoder.width);
      const labels = Int32Array.from(some, (row, i) =>
        encoder.write(row, ++done, values, i * encoder.width),
      );
      yield { values, labels };
    }
  }
}

async function inMemory(
  source: TableSource,
  encoder: RowEncoder,
  name: string,
  maxBytes: number,
): Promise<IndexedDataset> {
  const pieces: { readonly values: Float32Array; readonly labels: Int32Array }[] = [];
  let count = 0;
  for await (const piece of encodedRows(source, encoder)) {
    count += piece.labels.length;
    if (4 * count * encoder.width > maxBytes) {
      throw new TableError(
        source.path,
        { row: count },
        `the rows up to here are more than ${maxBytes} bytes in memory`,
        `at most ${maxBytes}`,
        'name a file for them (option prepared), or raise maxBytes',
      );
    }
    pieces.push(piece);
  }
  const inputs = new Float32Array(count * encoder.width);
  const labels = new Int32Array(count);
  let at = 0;
  for (const piece of pieces) {
    inputs.set(piece.values, at * encoder.width);
    labels.set(piece.labels, at);
    at += piece.labels.length;
  }
  return inMemoryDataset({
    name,
    inputs,
    shape: [encoder.width],
    missing: 'nan',
    ...(encoder.classes > 0 && { labels, classes: encoder.classes }),
  });
}

async function fromPrepared(
  source: TableSource,
  schema: TableSchema,
  encoder: RowEncoder,
  name: string,
  path: string,
): Promise<IndexedDataset> {
  const { gaps, decimalComma } = source.rules;
  const { columns, label } = schema;
  const { width, classes } = encoder;
  const images = await prepareImages({
    path,
    dependsOn: {
      table: VERSION,
      file: await fileIdentity(source.path),
      read: { names: source.columns, gaps: [...gaps], decimalComma },
      schema: { columns, label },
    },
    shape: [width],
    values: 'float32',
    async produce(add) {
      const labels = new GrowingLabels(classes);
      let hasGaps = 0;
      for await (const rows of encodedRows(source, encoder)) {
        await add(rows.values);
        if (rows.values.some(Number.isNaN)) hasGaps = 1;
        if (classes > 0) labels.add(rows.labels);
      }
      const extras = { gaps: Uint8Array.of(hasGaps) };
      return classes > 0 ? { ...extras, labels: labels.take() } : extras;
    },
  });
  const { labels, gaps: someGaps } = images.extras;
  return indexedDataset({
    name,
    shape: [width],
    size: images.size,
    ...(classes > 0 && labels !== undefined && { labels, classes }),
    valuesAt: (indices) => Float32Array.from(images.read(indices)),
    ...(someGaps?.[0] !== 0 && { missing: 'nan' }),
  });
}

/**
 * Labels of a number of rows that is not known before. There may be as many as fill memory, so they
 * are bytes where they fit, and never copied to grow.
 */
class GrowingLabels {
  readonly #pieces: (Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>)[] = [];
  readonly #areBytes: boolean;
  #room = 0;
  #length = 0;

  constructor(classes: number) {
    this.#areBytes = classes <= 256;
  }

  add(labels: Int32Array): void {
    for (let done = 0; done < labels.length;) {
      if (this.#room === 0) {
        this.#pieces.push(this.#make(LABELS));
        this.#room = LABELS;
      }
      const some = labels.subarray(done, done + this.#room);
      this.#pieces.at(-1)!.set(some, LABELS - this.#room);
      this.#room -= some.length;
      done += some.length;
    }
    this.#length += labels.length;
  }

  /** All labels, once: the pieces are given up. */
  take(): Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
    const all = this.#make(this.#length);
    for (let at = 0; at < this.#length; at += LABELS)
      all.set(this.#pieces.shift()!.subarray(0, this.#length - at), at);
    return all;
  }

  #make(length: number): Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
    return this.#areBytes ? new Uint8Array(length) : new Int32Array(length);
  }
}
