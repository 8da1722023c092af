/** What a call throws, to look at all of its fields. */
export function errorOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('The call was expected to throw, and did not.');
}
