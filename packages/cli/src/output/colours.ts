import picocolors from 'picocolors';

type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours of a stream: none unless it is a terminal, and none with NO_COLOR (FORCE_COLOR overrides both). */
export function colours(stream: NodeJS.WriteStream): Colours {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  const terminal = stream.isTTY === true && TERM !== 'dumb' && !NO_COLOR;
  return picocolors.createColors(FORCE_COLOR ? FORCE_COLOR !== '0' : terminal);
}
