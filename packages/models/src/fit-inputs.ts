import { argumentError, shown } from '@deepbelief/checks';
import { inMemoryDataset, indexedDataset, type IndexedDataset } from '@deepbelief/data';
import {
  findSchema,
  inputColumns,
  numberedColumns,
  rowWidth,
  scanTable,
  schemaUnits,
  tableDataset,
  type Cell,
  type TableColumn,
  type TableSource,
} from '@deepbelief/tables';
import { encodedRows } from './encoded-rows.ts';
import type { FitOptions } from './fit-options.ts';
import type { KnownData, NumberTable } from './model-data.ts';
import type { CellForm, ModelInputs } from './model-inputs.ts';
import { namedNumberInputs, numberInputs } from './number-inputs.ts';

/** Data to train on, and what they are. */
export interface FitInputs {
  readonly inputs: ModelInputs;
  readonly dataset: IndexedDataset;
}

/** The name of the label of arrays. */
const LABEL = 'label';

/**
 * Finds what data hold, and makes a dataset of them.
 *
 * @throws TableError and RangeError like `findSchema`, and for labels that do not fit
 */
export async function fitInputs(data: KnownData, options: FitOptions): Promise<FitInputs> {
  if (data.form === 'table') return tableInputs(data.source, options);
  return arrayInputs(data, options);
}

async function tableInputs(source: TableSource, options: FitOptions): Promise<FitInputs> {
  for (const name of ['labels', 'columns'] as const) {
    if (options[name] === undefined) continue;
    throw argumentError(
      `fit: ${name} is ${shown(options[name])} for a table, expected none: it is for arrays`,
    );
  }
  const { label, kinds, prepared } = options;
  const types = new Map<string, CellForm['type']>();
  const statistics = await scanTable(typedSource(source, types));
  const schema =
    options.schema ??
    (await findSchema(source, {
      statistics,
      ...(label !== undefined && { label }),
      ...(kinds !== undefined && { kinds }),
    }));
  const cells = statistics.columns.map(({ name, whole, numbers, counts }) => {
    const type = types.get(name) ?? 'text';
    const [only] = counts?.size === 1 ? counts.keys() : [];
    const form: CellForm = {
      type,
      whole: whole && numbers > 0,
      ...(only !== undefined && { constant: type === 'number' ? Number(only) : only }),
    };
    return [name, form] as const;
  });
  const inputs = { schema, units: schemaUnits(schema), cells: Object.fromEntries(cells) };
  const dataset = await tableDataset(source, schema, prepared === undefined ? {} : { prepared });
  const hasGaps = inputColumns(schema).some(({ gaps }) => gaps > 0);
  return { inputs, dataset: hasGaps || options.schema ? dataset : withoutMask(dataset) };
}

/** The table, noting the types of cells on the way. */
function typedSource(source: TableSource, types: Map<string, CellForm['type']>): TableSource {
  return {
    ...source,
    async *rows() {
      for await (const rows of source.rows()) {
        source.columns.forEach((name, j) => {
          if (types.has(name)) return;
          const cell: Cell = rows.find((row) => row[j] !== null)?.[j] ?? null;
          if (typeof cell === 'string') types.set(name, 'text');
          else if (cell !== null) types.set(name, typeof cell === 'number' ? 'number' : 'boolean');
        });
        yield rows;
      }
    },
  };
}

/** The same dataset for a table without gaps, which then takes no detours in training. */
function withoutMask(dataset: IndexedDataset): IndexedDataset {
  const { name, shape, size, labels, classes } = dataset;
  if (dataset.valuesAt === undefined) return dataset;
  return indexedDataset({
    name,
    shape,
    size,
    ...(labels && { labels }),
    ...(classes !== undefined && { classes }),
    valuesAt: (indices) => dataset.valuesAt!(indices),
  });
}

async function arrayInputs(
  data: Extract<KnownData, { form: 'numbers' }>,
  options: FitOptions,
): Promise<FitInputs> {
  const { numbers } = data;
  const { label, kinds, prepared, schema } = options;
  const names = namesOf(numbers, options.columns);
  if (prepared !== undefined || schema !== undefined) {
    throw argumentError('fit: prepared and schema are for tables, expected neither for arrays');
  }
  if (label !== undefined) {
    throw argumentError(
      `fit: label is ${shown(label)} for arrays, expected none: give the classes as labels`,
    );
  }
  const found =
    kinds === undefined
      ? numberInputs(numbers, names)
      : await namedNumberInputs(numbers, names, kinds);
  const classes = labelsOf(options.labels ?? numbers.labels, numbers);
  const inputs = classes === undefined ? found : withLabel(found, classes.names);
  const width = rowWidth(inputs.schema);
  const values = new Float32Array(numbers.rows * width);
  for await (const rows of encodedRows(inputs, data)) values.set(rows.values, rows.start * width);
  return {
    inputs,
    dataset: inMemoryDataset({
      name: numbers.name,
      inputs: values,
      shape: [width],
      ...(values.some(Number.isNaN) && { missing: 'nan' }),
      ...(classes && { labels: classes.numbers, classes: classes.names.length }),
    }),
  };
}

function namesOf({ name, width }: NumberTable, columns: FitOptions['columns']): string[] {
  if (columns === undefined) return numberedColumns(width);
  const given = columns.map(String);
  if (given.length === width && new Set(given).size === width) return given;
  throw argumentError(
    `${name}: ${given.length} names of columns are given, expected ${width} different ones, one a ` +
      'column',
  );
}

/** Classes of arrays: their names in order, and the number of each row's. */
function labelsOf(
  given: FitOptions['labels'],
  { name, rows }: NumberTable,
): { readonly names: string[]; readonly numbers: Int32Array } | undefined {
  if (given === undefined) return undefined;
  if (given.length !== rows) {
    throw argumentError(
      `${name}: there are ${given.length} labels for ${rows} rows, expected ${rows}`,
    );
  }
  const texts = Array.from(given as ArrayLike<unknown>, String);
  const distinct = [...new Set(texts)];
  const areNumbers = distinct.every((text) => text !== '' && !Number.isNaN(Number(text)));
  const names = areNumbers
    ? distinct.toSorted((a, b) => Number(a) - Number(b))
    : distinct.toSorted();
  if (names.length < 2 || names.length > 10_000) {
    throw argumentError(
      `${name}: there are ${names.length} different labels, expected from 2 to 10,000: labels are ` +
        'classes, one for each row',
    );
  }
  const places = new Map(names.map((text, i) => [text, i]));
  return { names, numbers: Int32Array.from(texts, (text) => places.get(text)!) };
}

function withLabel(inputs: ModelInputs, categories: readonly string[]): ModelInputs {
  let name = LABEL;
  while (inputs.schema.columns.some((column) => column.name === name)) name += '_';
  const column: TableColumn = { name, gaps: 0, kind: 'category', categories };
  const areNumbers = categories.every((text) => !Number.isNaN(Number(text)));
  const form: CellForm = { type: areNumbers ? 'number' : 'text', whole: areNumbers };
  return {
    ...inputs,
    schema: { ...inputs.schema, columns: [...inputs.schema.columns, column], label: name },
    cells: { ...inputs.cells, [name]: form },
  };
}
