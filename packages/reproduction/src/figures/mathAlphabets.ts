/** First capital, first small letter and first digit of an alphabet of Unicode's mathematical letters. */
interface Alphabet {
  readonly capital: number;
  readonly small?: number;
  readonly digit?: number;
  /** Letters that Unicode had before, elsewhere. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

const alphabets: Readonly<Record<string, Alphabet>> = {
  bold: { capital: 0x1d400, small: 0x1d41a, digit: 0x1d7ce },
  'double-struck': {
    capital: 0x1d538,
    small: 0x1d552,
    digit: 0x1d7d8,
    elsewhere: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
  },
  script: {
    capital: 0x1d49c,
    elsewhere: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ' },
  },
};

/**
 * MathML in which bold, double-struck and script letters are characters of their own: browsers that follow MathML Core
 * do not know the attribute that says so otherwise.
 */
export function withMathAlphabets(mathml: string): string {
  return mathml.replace(
    /<(m[ino]) mathvariant="([\w-]+)">([A-Za-z0-9]+)<\/m[ino]>/g,
    (element, tag: string, variant: string, letters: string) => {
      const alphabet = alphabets[variant];
      if (alphabet === undefined) return element;
      const characters = [...letters].map((letter) => character(alphabet, letter));
      return characters.includes(undefined) ? element : `<${tag}>${characters.join('')}</${tag}>`;
    },
  );
}

function character({ capital, small, digit, elsewhere }: Alphabet, letter: string): string | undefined {
  const other = elsewhere?.[letter];
  if (other !== undefined) return other;
  const [first, start] = /[A-Z]/.test(letter)
    ? (['A', capital] as const)
    : /[a-z]/.test(letter)
      ? (['a', small] as const)
      : (['0', digit] as const);
  if (start === undefined) return undefined;
  return String.fromCodePoint(start + letter.charCodeAt(0) - first.charCodeAt(0));
}
