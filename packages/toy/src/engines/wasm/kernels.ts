import { binary } from './binary.generated.ts';
import { webAssembly } from './webAssembly.ts';

/** The functions of assembly/index.ts; each takes the address of a plan. */
export interface Kernels {
  step(plan: number, decay: number, stepSize: number, rootCorrection: number): void;
  draw(plan: number): void;
  computeLogits(plan: number): void;
  computeGradients(plan: number): void;
  computeReconstructionLoss(plan: number): number;
}

let module: object | undefined;

/** The kernels on a memory of their own; the binary is compiled once. */
export function instantiateKernels(memory: object): Kernels {
  module ??= new webAssembly.Module(Buffer.from(binary, 'base64'));
  return new webAssembly.Instance(module, { env: { memory } }).exports as Kernels;
}
