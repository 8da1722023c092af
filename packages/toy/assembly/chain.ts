import { innerProducts } from './innerProducts';
import { Plan } from './plan';
import { addProduct, addTransposedProduct } from './product';
import { symmetrize } from './transpose';

/** What one step's tokens meet: G = WᵀW. */
export function prepareGram(plan: Plan): void {
  const n = plan.features;
  const stride = <usize>n << 2;
  memory.fill(plan.gram, 0, <usize>n * stride);
  addTransposedProduct(plan.gram, stride, plan.W, stride, plan.W, stride, n, plan.dimension, n);
}

/** WᵀA, WᵀB and, without rotary positions, S = (WᵀA)(WᵀB)ᵀ. */
export function prepareHead(plan: Plan): void {
  const n = plan.features;
  const d = plan.dimension;
  const h = plan.head;
  const stride = <usize>n << 2;
  const width = <usize>h << 2;
  memory.fill(plan.queryFactor, 0, <usize>n * width);
  memory.fill(plan.keyFactor, 0, <usize>n * width);
  addTransposedProduct(plan.queryFactor, width, plan.W, stride, plan.A, width, n, d, h);
  addTransposedProduct(plan.keyFactor, width, plan.W, stride, plan.B, width, n, d, h);
  if (plan.projectedKeys !== 0) return;
  memory.fill(plan.bilinear, 0, <usize>n * stride);
  innerProducts(plan.bilinear, stride, plan.queryFactor, width, plan.keyFactor, width, n, n, h);
}

/** From ∂L/∂S to ∂L/∂(WᵀA) and ∂L/∂(WᵀB). */
export function factorGradients(plan: Plan): void {
  const n = plan.features;
  const h = plan.head;
  const stride = <usize>n << 2;
  const width = <usize>h << 2;
  const dQuery = plan.gradientQueryFactor;
  const dKey = plan.gradientKeyFactor;
  const dS = plan.gradientBilinear;
  memory.fill(dQuery, 0, <usize>n * width);
  memory.fill(dKey, 0, <usize>n * width);
  addProduct(dQuery, width, dS, stride, plan.keyFactor, width, n, n, h);
  addTransposedProduct(dKey, width, dS, stride, plan.queryFactor, width, n, n, h);
}

/** ∂L/∂A = W ∂L/∂(WᵀA) and ∂L/∂B likewise. */
export function headGradients(plan: Plan): void {
  const n = plan.features;
  const d = plan.dimension;
  const h = plan.head;
  const stride = <usize>n << 2;
  const width = <usize>h << 2;
  memory.fill(plan.gradientA, 0, <usize>d * width);
  memory.fill(plan.gradientB, 0, <usize>d * width);
  addProduct(plan.gradientA, width, plan.W, stride, plan.gradientQueryFactor, width, d, n, h);
  addProduct(plan.gradientB, width, plan.W, stride, plan.gradientKeyFactor, width, d, n, h);
}

/** From Σ δ fᵀ: ∂L/∂W = W (∂L/∂G + ∂L/∂Gᵀ) + A ∂L/∂(WᵀA)ᵀ + B ∂L/∂(WᵀB)ᵀ. */
export function dictionaryGradient(plan: Plan): void {
  const n = plan.features;
  const d = plan.dimension;
  const h = plan.head;
  const stride = <usize>n << 2;
  const width = <usize>h << 2;
  memory.fill(plan.gradientW, 0, <usize>d * stride);
  symmetrize(plan.gradientGram, stride, n, plan.errorWeights);
  addProduct(plan.gradientW, stride, plan.W, stride, plan.gradientGram, stride, d, n, n);
  if (h === 0) return;
  innerProducts(plan.gradientW, stride, plan.A, width, plan.gradientQueryFactor, width, d, n, h);
  innerProducts(plan.gradientW, stride, plan.B, width, plan.gradientKeyFactor, width, d, n, h);
}
