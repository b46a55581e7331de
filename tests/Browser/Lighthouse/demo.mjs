// The demo as anybody starts it, with a data directory and a port of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ready = 'Ctrl+C stops the demo';

export const operatorKey = 'operator-key-of-the-measurement';

/** Starts the demo and answers its address and what stops it. */
export async function startDemo(program) {
  const directory = await mkdtemp(join(tmpdir(), 'orleanssync-pages-'));
  const address = `http://127.0.0.1:${await takeFreePort()}`;
  const demo = spawn('dotnet', ['exec', program, '--demo'], {
    env: {
      ...process.env,
      ASPNETCORE_URLS: address,
      OrleansSync__DataDirectory: join(directory, 'data'),
      OrleansSync__AdminKey: operatorKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => { demo.once('close', resolve); });
  const stop = async () => {
    demo.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => stop().finally(() => process.exit(1)));
  }

  try {
    await waitUntilReady(demo, ended);
  } catch (error) {
    await stop();
    throw error;
  }

  return { address, stop };
}

async function waitUntilReady(demo, ended) {
  let told = '';
  await new Promise((resolve, reject) => {
    const listen = (chunk) => {
      told += chunk;
      if (told.includes(ready)) {
        resolve();
      }
    };
    demo.stdout.on('data', listen);
    demo.stderr.on('data', listen);
    demo.once('error', reject);
    ended.then((code) => reject(new Error(`The demo ended with ${code}:\n${told}`)));
  });
}

function takeFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
