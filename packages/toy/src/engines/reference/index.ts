export { lossesAndGradients } from './lossesAndGradients.ts';
export { referenceEngine } from './referenceEngine.ts';
