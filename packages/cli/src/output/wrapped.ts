/**
 * Text broken between words to the width of the terminal on stdout, its further lines indented; whole where stdout is
 * no terminal.
 */
export function wrapped(text: string, indent: number): string {
  const width = process.stdout.columns ?? Infinity;
  if (width < 2 * indent) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
