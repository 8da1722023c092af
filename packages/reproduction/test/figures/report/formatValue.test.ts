import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatValue } from '../../../src/figures/report/formatValue.ts';

test.each([
  [null, '–'],
  ['24, 21', '24, 21'],
  [0, '0'],
  [10, '10'],
  [-3, '−3'],
  [10_000, '10000'],
  [0.5, '0.5'],
  [23.91, '23.91'],
  [0.999998, '0.999998'],
  [0.99999999, '1.00000'],
  [1.0000000001, '1.00000'],
  [1 / 3, '0.333333'],
  [123450.2, '123450'],
  [3.04e-4, '3.04·10⁻⁴'],
  [-2.5e-17, '−2.5·10⁻¹⁷'],
  [1 / 3000, '3.33333·10⁻⁴'],
  [1.5e30, '1.5·10³⁰'],
  [2 ** 60, '1.15292·10¹⁸'],
])('%s reads %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test('what is read is the number to six digits', () => {
  const ordinary = { '−': '-', '·10': 'e', '⁻': '-' };
  const back = (text: string) =>
    Number(
      text
        .replace(/−|·10|⁻/g, (sign) => ordinary[sign as keyof typeof ordinary])
        .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit))),
    );
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.abs(back(formatValue(value)) - value)).toBeLessThanOrEqual(5.1e-6 * Math.abs(value));
    }),
  );
});
