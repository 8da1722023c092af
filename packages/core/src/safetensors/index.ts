export { type DecodedSafetensors, type DecodedTensor, decodeSafetensors } from './decodeSafetensors.ts';
export { decodeTensor } from './decodeTensor.ts';
export { DTYPE_BYTES, type Dtype, isDtype } from './dtype.ts';
export { encodeSafetensors, type TensorToEncode } from './encodeSafetensors.ts';
export { parseHeader, type SafetensorsHeader, type TensorEntry } from './parseHeader.ts';
export { MAX_HEADER_BYTES, readHeaderLength } from './readHeaderLength.ts';
export { SAFETENSORS_ERROR_CODES, type SafetensorsErrorCode } from './refusal.ts';
