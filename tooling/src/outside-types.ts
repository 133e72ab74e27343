import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeExamples } from './readme-examples.ts';
import { entries } from './repository.ts';
import type { Tarball } from './tarballs.ts';

/** The oldest TypeScript that our declarations are written for, the last in JavaScript, and 7. */
export const COMPILERS = ['5.6', '5.9', '7.0'] as const;

/** How a project of a package's user is compiled. */
export interface TypeSetting {
  readonly compiler: (typeof COMPILERS)[number];
  readonly resolution: 'nodenext' | 'bundler';
  readonly skipLibCheck: boolean;
}

/** What npm installs a compiler under. */
export const compilerPackage = (compiler: TypeSetting['compiler']): string =>
  `typescript-${compiler}`;

/** Every compiler with every setting. */
export const TYPE_SETTINGS: readonly TypeSetting[] = COMPILERS.flatMap((compiler) =>
  (['nodenext', 'bundler'] as const).flatMap((resolution) =>
    [true, false].map((skipLibCheck) => ({ compiler, resolution, skipLibCheck })),
  ),
);

/** The check's name. */
export const typesName = ({ compiler, resolution, skipLibCheck }: TypeSetting): string =>
  `types: TypeScript ${compiler}, ${resolution}${skipLibCheck ? '' : ', skipLibCheck off'}`;

/** Writes a module that imports every entry of the packages, and every program of a README. */
export function writeTypedModules(folder: string, tarballs: readonly Tarball[]): void {
  const modules = tarballs.flatMap(({ manifest }) =>
    entries(manifest).map((entry) => `${manifest.name}${entry.slice(1)}`),
  );
  const lines = modules.map((name, i) => `export * as module${i} from '${name}';\n`);
  writeFileSync(join(folder, 'entries.mts'), lines.join(''));
  for (const { name, typescript } of readmeExamples())
    writeFileSync(join(folder, `${name}.mts`), typescript);
}

/** Writes the settings; returns the file's name. */
export function writeTypeSetting(folder: string, setting: TypeSetting): string {
  const { resolution, skipLibCheck } = setting;
  const compilerOptions = {
    target: 'es2023',
    module: resolution === 'bundler' ? 'esnext' : resolution,
    moduleResolution: resolution,
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: ['node'],
    strict: true,
    skipLibCheck,
    noEmit: true,
  };
  const name = 'tsconfig.json';
  writeFileSync(join(folder, name), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  return name;
}

/**
 * The errors in our declarations and in the programs. Without `skipLibCheck`, declarations of
 * TensorFlow.js and others have errors of their own, which nobody who uses them can mend.
 */
export function ownTypeErrors(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /\berror TS\d+/.test(line))
    .filter((line) => !/^(?:\.\.\/)*node_modules\//.test(line) || line.includes('@deepbelief/'));
}
