// Compiles assembly/ to WebAssembly and embeds the binary, as base64, in a module that the wasm engine imports.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
let binary;

const { error, stderr } = await asc.main(
  [
    'assembly/index.ts',
    ...['--outFile', 'engine.wasm', '--runtime', 'stub', '--importMemory', '--noExportMemory'],
    ...['--enable', 'simd', '--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert'],
  ],
  {
    readFile: (name) => readFile(join(root, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
  },
);
if (error) throw new Error(`assembly/ does not compile.\n${stderr.toString()}`);

const text = Buffer.from(binary).toString('base64');
await writeFile(
  join(root, 'src/engines/wasm/binary.generated.ts'),
  `/** assembly/ compiled, base64. */\nexport const binary: string =\n  '${text}';\n`,
);
