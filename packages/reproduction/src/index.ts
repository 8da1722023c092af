export { canonicalJson, canonicalValue } from './lab/canonicalJson.ts';
export { canonicalResult } from './lab/canonicalResult.ts';
export type { Claim, Verdict } from './lab/claim.ts';
export { type ClaimsSummary, claimsSummary } from './lab/claimsSummary.ts';
export { type DiskStoreOptions, openDiskStore } from './lab/diskStore.ts';
export type { Experiment, Outcome, Profile, TaskContext } from './lab/experiment.ts';
export type { ExperimentRun, TaskFailure } from './lab/experimentRun.ts';
export type { Figure } from './lab/figure.ts';
export { inlineTaskPool } from './lab/inlineTaskPool.ts';
export {
  claimAtLeast,
  claimAtMost,
  claimBetween,
  claimEqual,
  claimInOrder,
  claimNotRun,
  claimWithin,
  type Statement,
} from './lab/judgedClaim.ts';
export { memoryStore } from './lab/memoryStore.ts';
export type { OverallProgress } from './lab/progressMeter.ts';
export type { Json, JsonObject, Result, Tensor } from './lab/result.ts';
export type { RunEvent, RunHappening, TaskPlace } from './lab/runEvent.ts';
export { type RunOptions, runExperiments } from './lab/runExperiments.ts';
export { deserializeError, type SerializedError, serializeError } from './lab/serializedError.ts';
export { serveTask } from './lab/serveTask.ts';
export type { Store } from './lab/store.ts';
export type { StoreFiles } from './lab/storeEntry.ts';
export { type TaskIdentity, taskKey } from './lab/taskKey.ts';
export type { TaskMessage, TaskReply } from './lab/taskMessage.ts';
export {
  DEFAULT_PACE,
  type TaskHooks,
  type TaskPace,
  type TaskPool,
  type TaskRequest,
} from './lab/taskPool.ts';
export { type ThreadTaskPoolOptions, threadTaskPool } from './lab/threadTaskPool.ts';
