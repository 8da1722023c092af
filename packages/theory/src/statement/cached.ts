/**
 * Remembers what was computed for each case object, so that the conclusions of a statement share one analysis.
 * Entries go when their case does.
 */
export function cached<Case extends object, Value>(
  compute: (instance: Case) => Value,
): (instance: Case) => Value {
  const values = new WeakMap<Case, { readonly value: Value }>();
  return (instance) => {
    const known = values.get(instance);
    if (known !== undefined) return known.value;
    const value = compute(instance);
    values.set(instance, { value });
    return value;
  };
}
