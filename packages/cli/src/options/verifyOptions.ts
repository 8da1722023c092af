import type { OutputOptions } from './commonOptions.ts';
import type { MatrixRole } from './matrixRole.ts';

/** Options of `svf verify`. */
export interface VerifyOptions extends OutputOptions {
  readonly list?: true;
  readonly runs?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly out?: string;
  readonly matrix?: string;
  readonly tensor: Readonly<Partial<Record<MatrixRole, string>>>;
  readonly transpose: readonly MatrixRole[];
  readonly pair?: readonly [number, number];
  readonly tolerance?: number;
  readonly strict?: true;
}
