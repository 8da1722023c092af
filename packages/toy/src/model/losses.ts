/** Losses of one batch, each a mean over its tokens or queries. */
export interface Losses {
  /** L_recon + λ L_attn. */
  readonly total: number;
  /** Squared error of the reconstruction, summed or averaged over features as the config says. */
  readonly reconstruction: number;
  /** Cross-entropy of the head's attention against the target attention, in nats. */
  readonly attention: number;
  /** What of it can be learned: cross-entropy minus the entropy of the target. */
  readonly klDivergence: number;
}
