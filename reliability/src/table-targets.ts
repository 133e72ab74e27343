import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSchema, openTable, parseSchema, tableDataset, TableError } from '@deepbelief/tables';
import { damageJson } from './damage-json.ts';
import { damageText } from './damage-text.ts';
import { scratchFolder } from './scratch-folder.ts';
import { promise, type Target } from './target.ts';

const SOUND = [
  'x,c,b\n1.5,red,no\n2,green,yes\n,red,NA\n4e1,"blue, ""dark""",yes\n',
  'a;b\n1,5;2\n2,5;3\n3,5;2\n',
  '{"x":1,"c":"red"}\n{"x":null,"c":"blue","b":true}\n{"x":2.5,"c":"red","b":false}\n',
];

const table: Target<string> = {
  name: 'table',
  about: 'CSV and JSON lines: opened, their schema found, read as a dataset',
  short: 200,
  prepare() {
    const { folder, dispose } = scratchFolder();
    const path = join(folder, 'table.txt');
    return {
      refusals: [TableError],
      mentions: path,
      input: (draws) => damageText(draws, SOUND),
      async run(text) {
        writeFileSync(path, text);
        const source = await openTable(path);
        const schema = await findSchema(source);
        promise(
          JSON.stringify(parseSchema(JSON.stringify(schema), path)) === JSON.stringify(schema),
          'the schema does not survive JSON',
        );
        const dataset = await tableDataset(source, schema);
        const { size } = dataset;
        promise(size === schema.rows, `${size} of ${schema.rows} rows`);
        const inputs = await dataset.inputsAt(Uint32Array.of(0));
        const values = inputs.dataSync();
        inputs.dispose();
        promise(values.every(Number.isFinite), `an input is not finite: ${values.join()}`);
      },
      dispose,
    };
  },
};

const SCHEMA = {
  format: 'deepbelief table schema 1',
  rows: 4,
  columns: [
    { name: 'x', gaps: 1, kind: 'number', mean: 1.5, deviation: 2 },
    { name: 'c', gaps: 0, kind: 'category', categories: ['a', 'b', 'c'] },
    { name: 'n', gaps: 0, kind: 'count', most: 9 },
    { name: 'y', gaps: 0, kind: 'binary', categories: ['no', 'yes'] },
  ],
  label: 'y',
};

const schema: Target<string> = {
  name: 'table-schema',
  about: 'schemas of tables, changed by hand',
  prepare: () => ({
    refusals: [TableError],
    mentions: 'schema.json',
    input: (draws) =>
      draws.once(2)
        ? damageText(draws, [JSON.stringify(SCHEMA)])
        : JSON.stringify(damageJson(draws, SCHEMA, { names: ['name', 'kind', 'label', 'most'] })),
    run: (text) => {
      const { columns } = parseSchema(text, 'schema.json');
      promise(columns.length > 0, 'there are no columns');
    },
  }),
};

export const tableTargets: readonly Target[] = [table, schema];
