import { quoted, TableError } from './table-error.ts';
import { inputColumns, type TableSchema } from './schema.ts';
import { schemaShape } from './schema-shape.ts';

/**
 * Reads a schema from JSON, which may have been changed by hand.
 *
 * @param name the file's name, for messages
 * @throws TableError for text that is not JSON, another format, a column that is not sound, a name
 *   or a category that is there twice, and a label that is no column with categories
 */
export function parseSchema(text: string, name: string): TableSchema {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unsound(name, 'it is not JSON', 'the JSON of a schema');
  }
  const parsed = schemaShape.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    const what = `${where === '' ? 'it' : quoted(where)} does not fit`;
    throw unsound(name, what, quoted(issue?.message ?? 'a schema'));
  }
  checkSchema(parsed.data, name);
  return parsed.data;
}

/** Throws a TableError unless names and categories are distinct and the label is a column. */
export function checkSchema(schema: TableSchema, name: string): void {
  const names = new Set<string>();
  for (const column of schema.columns) {
    if (names.has(column.name))
      throw unsound(name, 'the column is there twice', 'it once', column.name);
    names.add(column.name);
    if (!('categories' in column)) continue;
    const twice = column.categories.find((text, i) => column.categories.indexOf(text) !== i);
    if (twice !== undefined) {
      throw unsound(name, `the category ${quoted(twice)} is there twice`, 'it once', column.name);
    }
  }
  if (schema.label === undefined) return;
  const label = schema.columns.find((column) => column.name === schema.label);
  if (label === undefined || !('categories' in label)) {
    const found = `the label is ${label === undefined ? 'no column' : `a ${label.kind} column`}`;
    throw unsound(name, found, 'a column with categories', schema.label);
  }
  if (inputColumns(schema).length === 0)
    throw unsound(name, 'no column is left', 'one or more that are neither ignored nor the label');
}

function unsound(name: string, found: string, expected: string, column?: string): TableError {
  const place = column === undefined ? {} : { column };
  return new TableError(name, place, found, expected, 'correct the schema, or find it again');
}
