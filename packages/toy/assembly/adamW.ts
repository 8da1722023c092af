import { Plan } from './plan';

// The constants of src/engines/adamW.ts.
const ONE_MINUS_BETA1: f32 = 0.1;
const ONE_MINUS_BETA2: f32 = 0.001;
const EPSILON: f32 = 1e-8;

/**
 * θ ← θ − decay·θ − stepSize·μ/(√ν·rootCorrection + ε) on every trained number, padding included (it stays 0).
 *
 * @param decay η·ω
 * @param stepSize η/(1 − β₁ⁿ)
 * @param rootCorrection 1/√(1 − β₂ⁿ)
 */
export function update(plan: Plan, decay: f32, stepSize: f32, rootCorrection: f32): void {
  const beta1 = f32x4.splat(ONE_MINUS_BETA1);
  const beta2 = f32x4.splat(ONE_MINUS_BETA2);
  const epsilon = f32x4.splat(EPSILON);
  const decays = f32x4.splat(decay);
  const steps = f32x4.splat(stepSize);
  const corrections = f32x4.splat(rootCorrection);
  const end = plan.trainedFrom + plan.trainedBytes;
  for (let at = plan.trainedFrom; at < end; at += 16) {
    const value = v128.load(plan.W + at);
    const gradient = v128.load(plan.gradientW + at);
    let mu = v128.load(plan.firstMoment + at);
    let nu = v128.load(plan.secondMoment + at);
    mu = f32x4.add(mu, f32x4.mul(beta1, f32x4.sub(gradient, mu)));
    nu = f32x4.add(nu, f32x4.mul(beta2, f32x4.sub(f32x4.mul(gradient, gradient), nu)));
    v128.store(plan.firstMoment + at, mu);
    v128.store(plan.secondMoment + at, nu);
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(nu), corrections), epsilon);
    const change = f32x4.add(f32x4.mul(decays, value), f32x4.div(f32x4.mul(steps, mu), denominator));
    v128.store(plan.W + at, f32x4.sub(value, change));
  }
}
