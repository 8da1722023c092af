import { quoted, refusal } from './refusal.ts';

type Path = readonly (string | number)[];

const NUMBER_CHARACTERS = '0123456789-+.eE';
const LONE_SURROGATE = /\p{Cs}/u;

/** Whether `text` has no UTF-8 form because half of a surrogate pair stands alone in it. */
export function hasLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text);
}

/**
 * Reads JSON text from left to right, one token at a time.
 *
 * `JSON.parse` does not serve for a file from a stranger: of two equal keys it silently keeps the last, so that two
 * readers can see two different tensors under one name; it rounds integers beyond 2⁵³; it takes `1.0` and `1e3` for
 * integers; and it builds whatever nesting the text has before anyone looks at it. Here the caller says what must
 * come next, so nothing is built that was not asked for, and the depth is that of the caller's own code.
 */
export class HeaderScanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next character that is not white space, not taken; undefined at the end. */
  peek(): string | undefined {
    let character = this.#text[this.#position];
    while (character === ' ' || character === '\n' || character === '\t' || character === '\r') {
      this.#position += 1;
      character = this.#text[this.#position];
    }
    return character;
  }

  /** Reads `{…}`; `value` is called at each value and must read it. Refuses equal keys and `__proto__`. */
  object(path: Path, value: (key: string) => void): void {
    const keys = new Set<string>();
    this.#list('{', '}', path, () => {
      const key = this.string(path);
      if (key === '__proto__')
        throw refusal('safetensors-reserved-key', 'A key of the header is "__proto__".', {
          path: [...path, key],
          expected: 'any other name',
          remedy:
            'Do not trust this file: the name serves to corrupt the objects of the program that reads it.',
        });
      if (keys.has(key))
        throw refusal('safetensors-duplicate-key', `The key ${quoted(key)} stands twice in one object.`, {
          path: [...path, key],
          expected: 'every key once',
          remedy: 'Do not trust this file: readers differ in which of the two they take.',
        });
      keys.add(key);
      this.#take(':', path);
      value(key);
    });
  }

  /** Reads `[…]`; `item` is called at each item and must read it. */
  array(path: Path, item: (index: number) => void): void {
    this.#list('[', ']', path, item);
  }

  string(path: Path): string {
    if (this.peek() !== '"') throw this.#unexpected('a string', path);
    const start = this.#position;
    let end = start + 1;
    let escaped = false;
    for (;;) {
      const unit = this.#text.charCodeAt(end);
      if (unit === 0x22) break;
      if (unit === 0x5c) {
        escaped = true;
        end += 1;
      } else if (!(unit >= 0x20)) {
        this.#position = end; // a control character, or the end (NaN)
        throw this.#unexpected('the closing quote of a string', path);
      }
      end += 1;
    }
    this.#position = end + 1;
    if (!escaped) return this.#text.slice(start + 1, end);
    return this.#unescape(start, path);
  }

  /** The text of a number, at least one character; what number it is, the caller decides. */
  number(path: Path): string {
    this.peek();
    const start = this.#position;
    while (NUMBER_CHARACTERS.includes(this.#text[this.#position] ?? ' ')) this.#position += 1;
    if (this.#position === start) throw this.#unexpected('an integer', path);
    return this.#text.slice(start, this.#position);
  }

  /** Nothing but white space may follow. */
  end(): void {
    if (this.peek() !== undefined) throw this.#unexpected('the end of the header', []);
  }

  #list(open: string, close: string, path: Path, item: (index: number) => void): void {
    this.#take(open, path);
    if (this.peek() === close) {
      this.#position += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      item(index);
      if (this.peek() !== ',') break;
      this.#position += 1;
    }
    this.#take(close, path);
  }

  #take(character: string, path: Path): void {
    if (this.peek() !== character) throw this.#unexpected(`"${character}"`, path);
    this.#position += 1;
  }

  #unescape(start: number, path: Path): string {
    let value: string;
    try {
      value = JSON.parse(this.#text.slice(start, this.#position));
    } catch {
      this.#position = start;
      throw this.#unexpected('a string with the escapes of JSON', path);
    }
    if (hasLoneSurrogate(value))
      throw refusal(
        'safetensors-lone-surrogate',
        `The string ${quoted(value)} holds half of a surrogate pair.`,
        {
          path,
          expected: 'text that has a UTF-8 form',
        },
      );
    return value;
  }

  #unexpected(expected: string, path: Path): Error {
    const rest = this.#text.slice(this.#position, this.#position + 20);
    const received = rest === '' ? 'the end of the header' : quoted(rest);
    return refusal(
      'safetensors-malformed-header',
      `The header is not well formed at character ${this.#position}: expected ${expected}, found ${received}.`,
      { path, expected, received },
    );
  }
}
