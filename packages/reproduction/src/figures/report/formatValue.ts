const significantDigits = 6;
const smallest = 1e-3;
const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/**
 * A claim's value as it is read: text as it stands, a dash for none, numbers with six significant digits and
 * with a power of ten where they are very small or large. Trailing zeros tell that the number was rounded:
 * 0.99999999 reads `1.00000`, not `1`.
 */
export function formatValue(value: number | string | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return withMinus(String(value));
  const rounded =
    Math.abs(value) < smallest
      ? value.toExponential(significantDigits - 1)
      : value.toPrecision(significantDigits);
  const [mantissa = '', power] = rounded.split('e');
  const exact = Number(rounded) === value;
  const digits = withMinus(exact ? mantissa.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : mantissa);
  return power === undefined ? digits : `${digits}·10${superscript(Number(power))}`;
}

function withMinus(digits: string): string {
  return digits.replace('-', '−');
}

/** A whole number as raised digits. */
export function superscript(power: number): string {
  return [...String(power)].map((digit) => superscripts[digit]).join('');
}
