/** A backend that tfjs knows now. */
export interface RegisteredBackend {
  /** Under which tfjs knows it. */
  readonly name: string;
  /** What computes, in words. */
  readonly device: string;
}
