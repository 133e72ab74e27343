import { shown } from '@deepbelief/checks';
import { quoted, TableError } from './table-error.ts';
import { inputColumns, type ColumnKind, type TableSchema } from './schema.ts';
import { columnRules, schemaRules, type Rules } from './schema-rules.ts';

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
  checkMembers(name, 'the schema', value, schemaRules);
  const { columns } = value as { readonly columns: readonly unknown[] };
  columns.forEach((column, i) => checkColumn(name, column, i + 1));
  const schema = value as TableSchema;
  checkSchema(schema, name);
  return schema;
}

/** Throws a TableError unless this is a column of a known kind, with what the kind needs. */
function checkColumn(name: string, column: unknown, number: number): void {
  const where = `column ${number}`;
  if (Object(column) !== column)
    throw unsound(name, `${where} is ${shown(column)}`, 'an object with name, gaps and kind');
  const { kind } = column as { readonly kind?: unknown };
  if (typeof kind !== 'string' || !Object.hasOwn(columnRules, kind)) {
    const kinds = Object.keys(columnRules).join(', ');
    throw unsound(name, `"kind" of ${where} is ${shown(kind)}`, `one of ${kinds}`);
  }
  checkMembers(name, where, column, columnRules[kind as ColumnKind]);
}

/** Throws a TableError unless a value is an object whose members fit their rules. */
function checkMembers(name: string, where: string, value: unknown, rules: Rules): void {
  const names = Object.keys(rules).join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unsound(name, `${where} is ${shown(value)}`, `an object with ${names}`);
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(rules, key));
  if (unknown !== undefined)
    throw unsound(name, `${where} has an unknown member ${quoted(unknown)}`, `only ${names}`);
  for (const [key, rule] of Object.entries(rules)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if ((member === undefined && rule.optional === true) || rule.accepts(member)) continue;
    throw unsound(name, `${quoted(key)} of ${where} is ${shown(member)}`, rule.expected);
  }
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
