/** What bounds are multiplied by, so that rounding leaves them bounds. */
export const BOUND_SLACK = 1 + 1e-9;
