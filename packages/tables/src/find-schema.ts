import { anything, aText, argumentError, checkOptions, oneOf, shown } from '@deepbelief/checks';
import { columnOf, guessColumn } from './column-of.ts';
import { checkSchema } from './parse-schema.ts';
import { scanTable, type TableStatistics } from './scan-table.ts';
import { inputColumns, SCHEMA_FORMAT, type ColumnKind, type TableSchema } from './schema.ts';
import { columnRules } from './schema-rules.ts';
import { quoted, TableError } from './table-error.ts';
import type { TableSource } from './table-source.ts';

/** Options of `findSchema`. */
export interface FindSchemaOptions {
  /** The column whose categories are the classes. */
  readonly label?: string;
  /** Kinds of columns that are not to be guessed: `{ id: 'ignored', grade: 'ordinal' }`. */
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
  /** What `scanTable` found, if it is there. */
  readonly statistics?: TableStatistics;
}

const kindRule = oneOf(Object.keys(columnRules));

/**
 * Finds what the columns of a table hold, in one pass. A column of two different values is binary;
 * of texts, a category; of whole numbers in a row, ordinal; of whole numbers whose variance is
 * about their mean, a count; of other numbers, a number. A column is ignored if it is constant, has
 * no values, or has too many different texts.
 *
 * @throws TableError for a text or an infinite value among numbers, a column that cannot be of the
 *   kind asked for, a label with gaps or without categories, and what reading throws; RangeError
 *   for a name that is no column and unknown options
 */
export async function findSchema(
  source: TableSource,
  options: FindSchemaOptions = {},
): Promise<TableSchema> {
  checkOptions('findSchema', options, { label: aText, kinds: anything, statistics: anything });
  const { label, kinds = {} } = options;
  for (const name of [...Object.keys(kinds), ...(label === undefined ? [] : [label])]) {
    if (source.columns.includes(name)) continue;
    const some = source.columns.slice(0, 10).map(quoted).join(', ');
    const more = source.columns.length > 10 ? ', …' : '';
    throw argumentError(
      `${source.path}: ${shown(name)} is no column, expected one of ${some}${more}`,
    );
  }
  const { rows, columns } = options.statistics ?? (await scanTable(source));
  const schema: TableSchema = {
    format: SCHEMA_FORMAT,
    rows,
    columns: columns.map((statistics) => {
      const { name } = statistics;
      const guess = guessColumn(statistics);
      const given = kinds[name];
      if (given !== undefined && !kindRule.accepts(given)) {
        throw argumentError(
          `findSchema: the kind of ${shown(name)} is ${shown(given)}, expected ` +
            kindRule.expected,
        );
      }
      const kind = given ?? (name === label ? labelKind(guess.kind) : guess.kind);
      const why = given === undefined ? guess.why : 'you asked for it';
      return columnOf(kind, statistics, why, source.path, source.rules.decimalComma);
    }),
    ...(label !== undefined && { label }),
  };
  checkSchema(schema, source.path);
  const gaps = schema.columns.find(({ name }) => name === label)?.gaps ?? 0;
  if (gaps > 0) {
    throw new TableError(
      source.path,
      { column: label! },
      `${gaps} rows have no label`,
      'a label in each',
      'give them one, or leave these rows out',
    );
  }
  if (inputColumns(schema).length === 0) {
    const why = columns.length === 1 ? 'its only column' : `each of its ${columns.length} columns`;
    throw new TableError(
      source.path,
      {},
      `nothing is left to learn from: ${why} is constant, empty, the label or has too many texts`,
      'one column or more with different values',
      'give kinds to columns, or check that it is the right file',
    );
  }
  return schema;
}

/** A label is a category, whatever its column would be else. */
function labelKind(kind: ColumnKind): ColumnKind {
  return kind === 'binary' ? 'binary' : 'category';
}
