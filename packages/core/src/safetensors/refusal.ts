import { SvfError, type SvfErrorDetails } from '../error.ts';

/** Every `code` of an {@link SvfError} that this codec throws. */
export const SAFETENSORS_ERROR_CODES = [
  // Reading: the length field and the header as text.
  'safetensors-file-size',
  'safetensors-truncated',
  'safetensors-header-too-long',
  'safetensors-header-beyond-file',
  'safetensors-byte-order-mark',
  'safetensors-header-start',
  'safetensors-not-utf8',
  'safetensors-malformed-header',
  'safetensors-lone-surrogate',
  // Reading: what the header says. Some of these are refused on writing too.
  'safetensors-duplicate-key',
  'safetensors-reserved-key',
  'safetensors-metadata-not-string',
  'safetensors-unknown-field',
  'safetensors-missing-field',
  'safetensors-unknown-dtype',
  'safetensors-invalid-dimension',
  'safetensors-too-many-dimensions',
  'safetensors-tensor-too-large',
  'safetensors-invalid-offsets',
  'safetensors-size-mismatch',
  'safetensors-offset-out-of-range',
  'safetensors-overlap',
  'safetensors-hole',
  'safetensors-trailing-bytes',
  // Decoding one tensor.
  'safetensors-unsupported-dtype',
  'safetensors-byte-length',
  // Writing only.
  'safetensors-data-type',
  'safetensors-shape-mismatch',
  'safetensors-float32-overflow',
  'safetensors-file-too-large',
] as const;

export type SafetensorsErrorCode = (typeof SAFETENSORS_ERROR_CODES)[number];

/** The error to throw for one fault; a function of its own so that every code is checked against the list. */
export function refusal(
  code: SafetensorsErrorCode,
  message: string,
  details: Omit<SvfErrorDetails, 'code'> = {},
): SvfError {
  return new SvfError(message, { ...details, code });
}

/** `text` in quotes, control characters escaped and cut to a length fit for a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
