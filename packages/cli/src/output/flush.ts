/** Resolves when all that was written to a stream before has gone out: a pipe takes it in pieces. */
export function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
