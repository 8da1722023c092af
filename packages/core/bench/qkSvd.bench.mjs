/*
 * The singular value decomposition of Ω = W_Q W_Kᵀ for the heads of a model of GPT-2 small's size: 144 heads of 768 × 64
 * random normal weights, on one core. Run with `pnpm run bench` after a build. The baseline, ml-matrix's QR and SVD on
 * the same small core, is run on a few heads and scaled up; it is far slower.
 */
import { Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import { qkFactors, qkSvd, randomStream } from '../dist/index.js';

const HEADS = Number(process.env.BENCH_HEADS ?? 144);
const BASELINE_HEADS = 6;
const D_MODEL = 768;
const D_HEAD = 64;
const ROUNDS = 5;
const GOAL = { qkSvd: 3, qkFactors: 1.5, accuracy: 1e-13 };

const random = randomStream(0, 'bench/weights');

function weights() {
  const matrix = new Matrix(D_MODEL, D_HEAD);
  for (let i = 0; i < D_MODEL; i += 1) for (let j = 0; j < D_HEAD; j += 1) matrix.set(i, j, random.normal());
  return matrix;
}

/**
 * Processor seconds of all threads, garbage collection included: what one core needs, however busy the machine is with
 * other work. That work still slows memory down, so the least of a few rounds counts, taken in turns.
 */
function seconds(heads, work) {
  const start = process.cpuUsage();
  for (const [query, key] of heads) work(query, key);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function defect(basis) {
  return Matrix.sub(basis.transpose().mmul(basis), Matrix.eye(basis.columns, basis.columns)).abs().max();
}

/**
 * ‖Ω − UΣVᵀ‖_F / ‖Ω‖_F without a matrix of order dModel: with the thin QR factorizations [W_Q U] = QA and [W_K V] = PB,
 * Ω − UΣVᵀ = Q (A₁B₁ᵀ − A₂ΣB₂ᵀ) Pᵀ, and the norm is that of the bracket, of order 2·dHead.
 */
function residual(query, key, { U, singularValues, V }) {
  const beside = (left, right) => {
    const both = new Matrix(D_MODEL, 2 * D_HEAD);
    return both.setSubMatrix(left, 0, 0).setSubMatrix(right, 0, D_HEAD);
  };
  const part = (triangle, from) => triangle.subMatrix(0, 2 * D_HEAD - 1, from, from + D_HEAD - 1);
  const a = new QrDecomposition(beside(query, U)).upperTriangularMatrix;
  const b = new QrDecomposition(beside(key, V)).upperTriangularMatrix;
  const omega = part(a, 0).mmul(part(b, 0).transpose());
  const rebuilt = part(a, D_HEAD).mulRowVector(Array.from(singularValues)).mmul(part(b, D_HEAD).transpose());
  return Matrix.sub(omega, rebuilt).norm('frobenius') / omega.norm('frobenius');
}

function baseline(query, key) {
  const left = new QrDecomposition(query);
  const right = new QrDecomposition(key);
  const core = left.upperTriangularMatrix.mmul(right.upperTriangularMatrix.transpose());
  const decomposition = new SingularValueDecomposition(core);
  return [
    left.orthogonalMatrix.mmul(decomposition.leftSingularVectors),
    right.orthogonalMatrix.mmul(decomposition.rightSingularVectors),
  ];
}

const print = (line) => process.stdout.write(`${line}\n`);

const heads = Array.from({ length: HEADS }, () => [weights(), weights()]);
seconds(heads.slice(0, 10), qkSvd);
seconds(heads.slice(0, 10), qkFactors);
let withVectors = Number.POSITIVE_INFINITY;
let withoutVectors = Number.POSITIVE_INFINITY;
let peer = Number.POSITIVE_INFINITY;
for (let round = 0; round < ROUNDS; round += 1) {
  withVectors = Math.min(withVectors, seconds(heads, qkSvd));
  withoutVectors = Math.min(withoutVectors, seconds(heads, qkFactors));
  peer = Math.min(peer, (seconds(heads.slice(0, BASELINE_HEADS), baseline) * HEADS) / BASELINE_HEADS);
}

let orthogonality = 0;
let error = 0;
for (const [query, key] of heads.slice(0, 12)) {
  const decomposition = qkSvd(query, key);
  orthogonality = Math.max(orthogonality, defect(decomposition.U), defect(decomposition.V));
  error = Math.max(error, residual(query, key, decomposition));
}

const verdict = (value, goal) => (value <= goal ? 'reached' : 'NOT reached');
print(
  `${HEADS} heads of ${D_MODEL} × ${D_HEAD}, Node ${process.versions.node}, processor time, least of ${ROUNDS} rounds`,
);
print(
  `qkSvd (Σ, U, V)         ${withVectors.toFixed(2)} s   goal ${GOAL.qkSvd} s: ${verdict(withVectors, GOAL.qkSvd)}`,
);
print(
  `qkFactors (Σ, G_d, G_s) ${withoutVectors.toFixed(2)} s   goal ${GOAL.qkFactors} s: ${verdict(withoutVectors, GOAL.qkFactors)}`,
);
print(
  `ml-matrix QR + SVD      ${peer.toFixed(2)} s   scaled from ${BASELINE_HEADS} heads; ` +
    `ratio ${(peer / withVectors).toFixed(1)} to qkSvd, ${(peer / withoutVectors).toFixed(1)} to qkFactors`,
);
print(
  `max |UᵀU − I|, |VᵀV − I|  ${orthogonality.toExponential(1)}   goal ${GOAL.accuracy}: ${verdict(orthogonality, GOAL.accuracy)}`,
);
print(
  `‖Ω − UΣVᵀ‖ / ‖Ω‖          ${error.toExponential(1)}   goal ${GOAL.accuracy}: ${verdict(error, GOAL.accuracy)}`,
);
