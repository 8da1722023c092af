/**
 * Bytes per element of every dtype of the format whose elements are whole bytes. The packed ones (F4, F6_E2M3,
 * F6_E3M2) are left out: no byte length belongs to one of their elements, so they are refused as unknown.
 */
export const DTYPE_BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  F8_E8M0: 1,
  F8_E5M2FNUZ: 1,
  F8_E4M3FNUZ: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
  C64: 8,
} as const;

/** Name of an element type, as a header writes it. */
export type Dtype = keyof typeof DTYPE_BYTES;

/** Whether `name` is a dtype this codec knows the size of. */
export function isDtype(name: string): name is Dtype {
  return Object.hasOwn(DTYPE_BYTES, name);
}
