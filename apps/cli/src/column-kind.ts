import type { ColumnKind } from '@deepbelief/tables';
import { InvalidArgumentError } from 'commander';

/** A parser of `column=kind`, which may come several times. */
export function columnKind(
  text: string,
  before: Readonly<Record<string, ColumnKind>> = {},
): Record<string, ColumnKind> {
  const at = text.lastIndexOf('=');
  const [name, kind] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && kind !== '') return { ...before, [name]: kind as ColumnKind };
  throw new InvalidArgumentError('Expected COLUMN=KIND, such as grade=ordinal or id=ignored.');
}
