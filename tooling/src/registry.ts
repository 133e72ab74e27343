import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { command } from './command.ts';
import type { Tarball } from './tarballs.ts';
import { npmInstall, userEnvironment, userNode } from './user-environment.ts';

/** The registry that packages are published to; pinned like every tool here. */
const VERDACCIO = 'verdaccio@6.8.0';

/** A registry on this machine with only our packages; all others come from the usual one. */
export interface LocalRegistry {
  /** What a project's `.npmrc` says to install our packages from it. */
  readonly npmrc: string;
  close(): void;
}

/**
 * Starts a registry in a folder and publishes packed packages to it, as `npm publish` does.
 *
 * @throws Error if it does not start, or a package is refused
 */
export async function publishLocally(
  folder: string,
  tarballs: readonly Tarball[],
): Promise<LocalRegistry> {
  mkdirSync(folder, { recursive: true });
  // It asks for a version of node-fetch by a tag, which not every registry has.
  const project = { private: true, overrides: { 'node-fetch': '2.7.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  await npmInstall(folder, [VERDACCIO]);
  const port = await freePort();
  const address = `localhost:${port}`;
  const config = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    packages: { '@deepbelief/*': { access: '$all', publish: '$all' } },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
    max_body_size: '100mb',
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const program = join(folder, 'node_modules', 'verdaccio', 'bin', 'verdaccio');
  const started = [program, '--config', join(folder, 'config.json'), '--listen', address];
  const child = execa(userNode, started, {
    cwd: folder,
    env: userEnvironment(),
    extendEnv: false,
    stdio: 'ignore',
    reject: false,
  });
  const close = (): void => void child.kill();
  try {
    await answers(`http://${address}/-/ping`);
    const npmrc = `@deepbelief:registry=http://${address}/\n//${address}/:_authToken=local\n`;
    writeFileSync(join(folder, '.npmrc'), npmrc);
    for (const { file, manifest } of tarballs) {
      const args = ['publish', file, '--registry', `http://${address}/`, '--loglevel=error'];
      const { ok, output } = await command('npm', args, {
        cwd: folder,
        env: userEnvironment(),
        extendEnv: false,
        timeout: 300_000,
      });
      if (!ok) throw new Error(`${manifest.name}: npm publish failed: ${output}`);
    }
    return { npmrc, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the local registry does not answer at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
