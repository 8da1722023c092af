export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A named array of a result: row-major float64. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What a task leaves behind: plain JSON for numbers and text, tensors for arrays. Every number is finite. */
export interface Result {
  readonly values: JsonObject;
  readonly tensors: Readonly<Record<string, Tensor>>;
}
