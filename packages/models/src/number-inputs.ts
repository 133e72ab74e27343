import { argumentError } from '@deepbelief/checks';
import { numberMoments, type NumberMoments } from '@deepbelief/data';
import {
  findSchema,
  SCHEMA_FORMAT,
  schemaUnits,
  type ColumnKind,
  type TableColumn,
  type TableSchema,
  type TableSource,
} from '@deepbelief/tables';
import type { NumberTable } from './model-data.ts';
import type { CellForm, ModelInputs } from './model-inputs.ts';

/** What all numbers of a column have in common. */
interface NumberStatistics extends NumberMoments {
  readonly gaps: number;
  /** Different values, up to three. */
  readonly distinct: readonly number[];
}

/**
 * Finds what columns of numbers hold. Bytes, and numbers from 0 to 1 where some are between, are
 * intensities: means of binary units, as scikit-learn's BernoulliRBM takes them. Else a column of
 * two values is binary, a constant one is left out, and others are numbers, standardized.
 *
 * @throws RangeError for an infinite number, and where no column has two values
 */
export function numberInputs(numbers: NumberTable, names: readonly string[]): ModelInputs {
  const statistics = names.map((name, j) => columnStatistics(numbers, j, name));
  const known = statistics.filter(({ distinct }) => distinct.length > 0);
  const within =
    known.every(({ lowest, highest }) => lowest >= 0 && highest <= 1) &&
    known.some(({ distinct }) => distinct.length > 2);
  const intensities = numbers.bytes || within;
  const columns = statistics.map((own, j) =>
    intensities ? intensity(names[j]!, own, numbers.bytes ? 255 : 1) : columnOf(names[j]!, own),
  );
  if (columns.every(({ kind }) => kind === 'ignored')) {
    throw argumentError(
      `${numbers.name}: each column is constant or missing, expected one or more with different ` +
        'values: check that it is the right data',
    );
  }
  const schema: TableSchema = { format: SCHEMA_FORMAT, rows: numbers.rows, columns };
  const inputs = columns.filter(({ kind }) => kind !== 'ignored').length;
  const binary = { type: 'mixed', parts: [{ units: { type: 'binary' }, size: inputs }] };
  return {
    schema,
    units: intensities ? binary : schemaUnits(schema),
    cells: Object.fromEntries(statistics.map((own, j) => [names[j]!, cellForm(own)])),
  };
}

function intensity(name: string, { gaps, distinct }: NumberStatistics, most: number): TableColumn {
  if (distinct.length === 0)
    return { name, gaps, kind: 'ignored', why: 'all its values are missing' };
  return { name, gaps, kind: 'number', mean: 0, deviation: most };
}

function columnOf(name: string, own: NumberStatistics): TableColumn {
  const { gaps, distinct, mean, deviation } = own;
  if (distinct.length === 0)
    return { name, gaps, kind: 'ignored', why: 'all its values are missing' };
  if (distinct.length === 1) {
    return { name, gaps, kind: 'ignored', why: `it is constant: ${distinct[0]}` };
  }
  if (distinct.length === 2) {
    const categories = distinct.toSorted((a, b) => a - b).map(String);
    return { name, gaps, kind: 'binary', categories };
  }
  return { name, gaps, kind: 'number', mean, deviation };
}

function cellForm({ distinct, whole }: NumberStatistics): CellForm {
  return {
    type: 'number',
    whole,
    ...(distinct.length === 1 && { constant: distinct[0]! }),
  };
}

function columnStatistics(
  { data, width, rows, name }: NumberTable,
  j: number,
  column: string,
): NumberStatistics {
  const moments = numberMoments();
  const distinct: number[] = [];
  for (let i = 0; i < rows; i++) {
    const value = data[i * width + j]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isFinite(value)) {
      throw argumentError(
        `${name}: row ${i + 1}, column ${JSON.stringify(column)}: the value is ${value}, expected ` +
          'a finite number: correct it, or make it NaN for a gap',
      );
    }
    moments.add(value);
    if (distinct.length < 3 && !distinct.includes(value)) distinct.push(value);
  }
  const found = moments.finish();
  return { ...found, gaps: rows - found.numbers, distinct };
}

/** Rows of numbers as a table, for kinds that the caller names. */
function numberSource(numbers: NumberTable, names: readonly string[]): TableSource {
  const { name, rows, width, data } = numbers;
  return {
    path: name,
    format: 'json lines',
    columns: names,
    rules: { gaps: new Set(), decimalComma: false },
    notices: [],
    async *rows() {
      for (let i = 0; i < rows; i++) {
        yield [Array.from({ length: width }, (_, j) => data[i * width + j]!)];
      }
    },
  };
}

/** The same where kinds of columns are named: the others are what `numberInputs` finds. */
export async function namedNumberInputs(
  numbers: NumberTable,
  names: readonly string[],
  kinds: Readonly<Record<string, ColumnKind>>,
): Promise<ModelInputs> {
  const found = numberInputs({ ...numbers, bytes: false }, names);
  const all = Object.fromEntries(found.schema.columns.map(({ name, kind }) => [name, kind]));
  const source = numberSource(numbers, names);
  const schema = await findSchema(source, { kinds: { ...all, ...kinds } });
  return { schema, units: schemaUnits(schema), cells: found.cells };
}
