import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { problemAffectsResolutionKind, problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Tarball } from './tarballs.ts';

/** publint's complaints about a packed package, except suggestions. */
export async function publintComplaints({ file }: Tarball): Promise<string[]> {
  const bytes = readFileSync(file);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.flatMap((message) =>
    message.type === 'suggestion'
      ? []
      : [formatMessage(message, pkg, { color: false }) ?? message.code],
  );
}

/** The complaints of "are the types wrong" about an ESM-only package (profile esm-only). */
export async function typeResolutionComplaints({ file }: Tarball): Promise<string[]> {
  const analysis = await checkPackage(
    createPackageFromTarballData(new Uint8Array(readFileSync(file))),
  );
  if (!analysis.types) return ['the package has no types'];
  return analysis.problems
    .filter((problem) =>
      (['node16-esm', 'bundler'] as const).some((kind) =>
        problemAffectsResolutionKind(problem, kind, analysis),
      ),
    )
    .map((problem) => `${problemKindInfo[problem.kind].title}: ${JSON.stringify(problem)}`);
}
