import { describe, expect, it } from 'vitest';
import { typesetMath } from '../../src/figures/typesetMath.ts';

describe('typesetMath', () => {
  it('gives a displayed formula as MathML, with its source', async () => {
    const mathml = await typesetMath(String.raw`\|E\| \le \varepsilon < \tfrac12`);
    expect(mathml).toMatch(/^<span class="katex"><math [^>]*display="block">.*<\/math><\/span>$/);
    expect(mathml).toContain('<mfrac>');
    expect(mathml).toContain(String.raw`\|E\| \le \varepsilon &lt; \tfrac12</annotation>`);
  });

  it('gives letters of other alphabets as characters of their own', async () => {
    const mathml = await typesetMath(
      String.raw`\mathbb{E}\mathbb{R}\mathbb{k}\mathbf{1}\mathbf{Aa}\mathcal{L}\mathcal{N}`,
    );
    for (const letter of ['𝔼', 'ℝ', '𝕜', '𝟏', '𝐀', '𝐚', 'ℒ', '𝒩']) expect(mathml).toContain(letter);
    expect(mathml).not.toMatch(/mathvariant="(?!normal)/);
  });

  it.each([
    String.raw`\frac{1`,
    String.raw`\nosuchcommand`,
    'x_1_2',
    'größer', // text that belongs into \text
  ])('refuses %s', async (latex) => {
    await expect(typesetMath(latex)).rejects.toMatchObject({
      name: 'SvfError',
      code: 'invalid-latex',
      received: latex,
    });
  });

  it.each([
    String.raw`\href{javascript:alert(1)}{x}`,
    String.raw`\includegraphics{x.png}`,
    String.raw`\htmlData{a=b}{x}`,
    String.raw`\text{<script>alert(1)</script><img src=x onerror=alert(2)>}`,
  ])('makes no markup of %s', async (latex) => {
    const mathml = await typesetMath(latex).catch(() => '');
    expect(mathml).not.toMatch(/<(script|img|a|mglyph)[\s>]|href=|data-/);
  });
});
