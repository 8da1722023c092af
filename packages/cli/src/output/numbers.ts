/** With four significant digits. */
export function significant(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}
