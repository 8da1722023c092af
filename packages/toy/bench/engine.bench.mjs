// Milliseconds per training step: the wasm engine beside PyTorch, one thread each, in turns, sampling included.
//
//   node bench/engine.bench.mjs            both configurations
//   node bench/engine.bench.mjs --memory   resident memory over 80 000 steps instead
import { initialState, parseToyConfig, wasmEngine } from '../dist/index.js';
import { findPython, startPeer } from './pythonPeer.mjs';

const ROUNDS = 150;
const write = (line) => process.stdout.write(`${line}\n`);

const configurations = [
  { features: 20, dimension: 10, headDimension: 10, slice: 10 },
  { features: 100, dimension: 50, headDimension: 50, slice: 3 },
].map(({ slice, ...shape }) => ({ slice, config: parseToyConfig({ ...shape, steps: 1_000_000 }) }));

if (process.argv.includes('--memory')) await watchMemory();
else await compare();

async function compare() {
  const python = findPython();
  const peers = [];
  if (python === undefined) {
    write('PyTorch: not found, its rows are left out. Debian has it as python3-torch.');
  } else {
    for (const script of ['pytorch_eager.py', 'pytorch_fused.py']) {
      const peer = await startPeer(python, script);
      peers.push({ name: script.replace('.py', ''), ...peer });
    }
    const { torch, blas } = peers[0].about;
    write(`PyTorch ${torch} with ${blas.join(', ') || 'an unknown BLAS'}, Node ${process.version}.`);
    if (!/openblas|mkl|blis/.test(blas.join())) {
      write("This is Debian's reference BLAS, which is slow; with libopenblas0 PyTorch is at its best.");
    }
  }
  for (const { config, slice } of configurations) {
    await compareOn(config, slice, peers);
  }
  for (const { stop } of peers) stop();
}

/** Every contestant takes a short turn in each round, so that a busy machine is busy for all; the best turn counts. */
async function compareOn(config, slice, peers) {
  const session = await wasmEngine.open(config, initialState(config));
  const contestants = [
    { name: 'wasm', turn: () => timed(session, slice) },
    ...peers.map(({ name, run }) => ({ name, turn: () => run({ steps: slice }) })),
  ];
  for (const { run } of peers) await run({ config, steps: 5 * slice });
  for (let i = 0; i < 30; i += 1) await timed(session, slice);
  const best = contestants.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, { turn }] of contestants.entries()) best[i] = Math.min(best[i], await turn());
  }
  session.dispose();
  const { features: N, dimension: D, headDimension: H, keys: m } = config;
  write(`\nN=${N}, D=${D}, H=${H}, m=${m}, ${config.batchKeys} keys a step: best of ${ROUNDS} turns`);
  const operations = 2 * multiplyAdds(config);
  contestants.forEach(({ name }, i) => {
    const speed = i === 0 ? `${(operations / best[0] / 1e6).toFixed(1)} GFLOP/s` : '';
    const ratio = i === 0 ? '' : `${(best[i] / best[0]).toFixed(2)} × wasm`;
    write(`  ${name.padEnd(14)} ${best[i].toFixed(4).padStart(9)} ms  ${speed}${ratio}`);
  });
}

async function timed(session, steps) {
  const start = performance.now();
  await session.advance(steps);
  return (performance.now() - start) / steps;
}

/** What a step needs in feature space; sampling, softmax and AdamW are not counted. */
function multiplyAdds({ features: N, dimension: D, headDimension: H, keys: m, batchKeys: B }) {
  const tokens = 2 * B * N ** 2 + (B / m) * (2 * N ** 2 + 2 * m * N);
  const chain = 2 * D * N ** 2 + 3 * H * N ** 2 + 6 * D * N * H;
  return tokens + chain;
}

async function watchMemory() {
  const { config } = configurations[0];
  const session = await wasmEngine.open(config, initialState(config));
  write('steps    resident memory');
  for (let done = 0; done <= 80_000; done += 10_000) {
    if (done > 0) await session.advance(10_000);
    write(`${String(done).padStart(6)}   ${(process.memoryUsage.rss() / 2 ** 20).toFixed(1)} MiB`);
  }
}
