#!/usr/bin/env node
// Older than the syntax of everything else: it must be able to say that this Node is too old.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`svf needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

let cli;
try {
  cli = await import('../dist/index.js');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('svf is not built yet. Build it: npx --yes pnpm@12.21.0 exec turbo run build\n');
  process.exit(1);
}
await cli.main(process.argv.slice(2));
