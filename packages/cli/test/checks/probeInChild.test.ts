import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { probeInChild } from '../../src/checks/probeInChild.ts';
import { temporaryFolder } from '../svf.ts';

function script(body: string): string {
  const file = join(temporaryFolder(), 'probe.cjs');
  writeFileSync(file, body);
  return pathToFileURL(file).href;
}

it('tells of an absent module without the files that asked for it', async () => {
  const body = `
    try {
      require('absent-module');
    } catch ({ message }) {
      if (!message.includes('Require stack')) throw new Error('Node says it otherwise now');
      process.send({ ok: false, detail: message, remedy: process.argv[2] });
    }`;
  expect(await probeInChild(script(body), 'Install it.')).toEqual({
    ok: false,
    detail: "Cannot find module 'absent-module'",
    remedy: 'Install it.',
  });
});

it('tells how a process ended that a native library took down', async () => {
  const { ok, detail } = await probeInChild(script('process.kill(process.pid, "SIGSEGV")'), 'any');
  expect({ ok, detail }).toEqual({ ok: false, detail: 'the process that tried it ended with SIGSEGV' });
});
