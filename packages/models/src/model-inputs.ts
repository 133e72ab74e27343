import type { Cell, TableColumn, TableSchema } from '@deepbelief/tables';
import type { UnitsConfig } from '@deepbelief/units';

/** How the cells of a column are written, beside what its kind says. */
export interface CellForm {
  readonly type: 'text' | 'number' | 'boolean';
  /** Of numbers: whether all are whole. */
  readonly whole: boolean;
  /** The only value of a column that is constant. */
  readonly constant?: Cell | undefined;
}

/** What a model's inputs were: plain data that its file keeps. */
export interface ModelInputs {
  /** The columns: kinds, means, deviations, categories, the label. */
  readonly schema: TableSchema;
  /** The visible units of the first layer. */
  readonly units: UnitsConfig;
  /** By the columns' names. */
  readonly cells: Readonly<Record<string, CellForm>>;
}

/** Whether no column is standardized: numbers are intensities, on binary units. */
export function hasIntensities({ units }: Pick<ModelInputs, 'units'>): boolean {
  return !JSON.stringify(units).includes('"gaussian"');
}

/** The label's column, if there is one. */
function labelColumn({ schema }: ModelInputs): TableColumn | undefined {
  return schema.columns.find(({ name }) => name === schema.label);
}

/** The classes' names; undefined without a label. */
export function classNames(inputs: ModelInputs): readonly string[] | undefined {
  const label = labelColumn(inputs);
  return label !== undefined && 'categories' in label ? label.categories : undefined;
}

/** The schema of rows whose label is not looked at. */
export function withoutLabel({ schema }: ModelInputs): TableSchema {
  const { label, ...rest } = schema;
  return { ...rest, columns: rest.columns.filter(({ name }) => name !== label) };
}
