import type { MatrixRole } from '@svf-alignment/reproduction';

export type { MatrixRole };

/** The `matrixRoles` of the reproduction package, named here so that help need not load it. */
export const matrixRoles = ['W', 'Q', 'K', 'W_Q', 'W_K', 'Omega'] as const satisfies readonly MatrixRole[];
