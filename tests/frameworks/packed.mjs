/** Packed: the package as npm would publish it, unpacked where the fixtures find it. */
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUILT = fileURLToPath(new URL('../../wasm/pkg', import.meta.url));

/** Where the fixtures find the package. */
export const PACKAGE = fileURLToPath(new URL('node_modules/knownfor/', import.meta.url));

/** Packs the package and unpacks it into `node_modules`, as npm does when it installs it. */
export async function install() {
  const folder = await mkdtemp(join(tmpdir(), 'knownfor-pack-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: BUILT });
  const [{ filename }] = JSON.parse(stdout);
  await rm(PACKAGE, { recursive: true, force: true });
  await mkdir(PACKAGE, { recursive: true });
  await run('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', PACKAGE]);
  await rm(folder, { recursive: true });
}
