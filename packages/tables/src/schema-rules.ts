import {
  aList,
  aText,
  finiteNumber,
  required,
  wholeNumber,
  type OptionRule,
} from '@deepbelief/checks';
import { SCHEMA_FORMAT, type ColumnKind } from './schema.ts';

/** What each member of an object of a schema's JSON may be. */
export type Rules = Readonly<Record<string, OptionRule>>;

/** What a schema's JSON may hold beside the columns' own members. */
export const schemaRules: Rules = {
  format: {
    expected: JSON.stringify(SCHEMA_FORMAT),
    accepts: (value) => value === SCHEMA_FORMAT,
  },
  rows: whole(1),
  columns: {
    expected: 'a list of one or more columns',
    accepts: (value) => Array.isArray(value) && value.length > 0,
  },
  label: aText,
};

const common: Rules = { name: required(aText), gaps: whole(0), kind: required(aText) };

/** What a column of each kind may hold. */
export const columnRules: Readonly<Record<ColumnKind, Rules>> = {
  number: {
    ...common,
    mean: required(finiteNumber()),
    deviation: required(finiteNumber({ low: Number.MIN_VALUE })),
  },
  binary: { ...common, categories: texts(2, 2) },
  category: { ...common, categories: texts(2) },
  ordinal: { ...common, categories: texts(2, 256) },
  count: { ...common, most: whole(1, 1024) },
  ignored: { ...common, why: required(aText) },
};

function whole(low: number, high = Number.MAX_SAFE_INTEGER): OptionRule {
  return wholeNumber(low, high, false);
}

function texts(least: number, most = Infinity): OptionRule {
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  return {
    expected: least === most ? `a list of ${least} texts` : `a list of ${range} texts`,
    accepts: (value) =>
      aList.accepts(value) &&
      (value as unknown[]).length >= least &&
      (value as unknown[]).length <= most &&
      (value as unknown[]).every((text) => typeof text === 'string'),
  };
}
