import type { PartConfig, UnitsConfig } from '@deepbelief/units';
import { columnWidth } from './row-encoder.ts';
import { inputColumns, type TableColumn, type TableSchema } from './schema.ts';

/**
 * The units of a visible layer for a table, as plain data: `unitsFromConfig` of @deepbelief/units
 * makes them. Numbers are Gaussian with a σ that is learned (they are standardized, so it starts at
 * 1), binary columns binary, categories softmax groups, grades ordinal and counts Poisson.
 */
export function schemaUnits(schema: TableSchema): UnitsConfig {
  const parts: PartConfig[] = [];
  for (const column of inputColumns(schema)) {
    const size = columnWidth(column);
    const units = unitsOf(column);
    const last = parts.at(-1);
    // Neighbors of one kind are one part.
    if (last !== undefined && JSON.stringify(last.units) === JSON.stringify(units))
      parts[parts.length - 1] = { units, size: last.size + size };
    else parts.push({ units, size });
  }
  return { type: 'mixed', parts };
}

function unitsOf(column: TableColumn): UnitsConfig {
  switch (column.kind) {
    case 'number':
      return { type: 'gaussian', sigma: 1, learnSigma: true };
    case 'category':
      return { type: 'softmax', groupSize: column.categories.length };
    case 'ordinal':
      return { type: 'ordinal', levels: column.categories.length };
    case 'count':
      return { type: 'poisson', most: column.most };
    case 'binary':
    case 'ignored':
    default:
      return { type: 'binary' };
  }
}
