import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../../../src/figures/report/renderReport.ts';
import { sampleReport } from '../sampleReport.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const directory = mkdtempSync(join(tmpdir(), 'svf-film-'));
const file = join(directory, 'index.html');
const address = pathToFileURL(file).href;
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no browser at ${executablePath}; install Chromium or set CHROMIUM to its path.`,
    );
  }
  browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  writeFileSync(file, renderReport(await sampleReport()));
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Opens the report from disk, hands it over, and checks that it neither complained nor asked for anything. */
async function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(address);
  await look(page);
  expect(requests).toEqual([address]);
  expect(complaints).toEqual([]);
  await page.close();
}

/** What each part of the film shows, to be compared: pixels of the canvases, bars, cursor, values. */
async function shown(page: Page): Promise<Record<string, string>> {
  return page.evaluate(`(() => {
    const film = document.querySelector('.film');
    const all = (selector, read) => [...film.querySelectorAll(selector)].map(read).join();
    const canvases = [...film.querySelectorAll('canvas')].map((canvas) =>
      canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.join());
    return {
      features: canvases[0], left: canvases[1], right: canvases[2],
      bars: all('.film-bar', (bar) => bar.getAttribute('height')),
      cursor: all('.film-cursor, .film-dot', (mark) => mark.getAttribute('transform')),
      played: all('.film-played', (played) => played.getAttribute('width')),
      values: all('.film-value', (value) => value.textContent),
      step: all('.film-step', (step) => step.textContent),
      told: all('.film-slider', (slider) => slider.getAttribute('aria-valuetext')),
    };
  })()`);
}

/** The parts that are the same in both. */
function unchanged(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((part) => before[part] === after[part]);
}

const slider = (page: Page) => page.getByRole('slider', { name: 'Training step' });

describe('the film', () => {
  test('begins at the first step and moves in every part with the arrow keys, End and Home', async () => {
    await visit({}, async (page) => {
      const first = await shown(page);
      expect(first).toMatchObject({ step: 'Step 0 of 2,000', told: 'step 0 of 2,000', bars: '0,0,0,0' });
      await slider(page).focus();
      await page.keyboard.press('ArrowRight');
      const second = await shown(page);
      expect(second.step).toBe('Step 100 of 2,000');
      expect(unchanged(first, second)).toEqual([]);
      await page.keyboard.press('End');
      const last = await shown(page);
      expect(last.told).toBe('step 2,000 of 2,000');
      expect(unchanged(second, last)).toEqual([]);
      await page.keyboard.press('Home');
      expect(await shown(page)).toEqual(first);
    });
  });

  test('moves with the pointer, on the slider and on the curves', async () => {
    await visit({}, async (page) => {
      const before = await shown(page);
      const box = await slider(page).boundingBox();
      await slider(page).click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
      const middle = await shown(page);
      expect(middle.step).toBe('Step 1,000 of 2,000');
      expect(unchanged(before, middle)).toEqual([]);
      const curves = page.locator('.film-curves');
      const { x, y, width, height } = (await curves.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      await page.mouse.move(x + 0.3 * width, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width, y + height / 2);
      await page.mouse.up();
      expect((await shown(page)).step).toBe('Step 2,000 of 2,000');
      await page.mouse.move(x + 0.3 * width, y + height / 2);
      expect((await shown(page)).step).toBe('Step 2,000 of 2,000');
    });
  });

  test('paints the colours of its values', async () => {
    await visit({ colorScheme: 'light' }, async (page) => {
      await slider(page).press('End');
      const pixels = (await shown(page)).left?.split(',').map(Number) ?? [];
      const pixel = (cell: number) => pixels.slice(4 * cell, 4 * cell + 4);
      expect(pixel(0)).toEqual([0x0a, 0x35, 0x64, 255]);
      expect(pixel(1)).toEqual([0xf3, 0xf6, 0xfa, 255]);
      expect(pixel(5)).toEqual(pixel(0));
    });
  });

  test('plays and pauses from the keyboard, ends at the last step, and starts again from there', async () => {
    await visit({}, async (page) => {
      const button = page.locator('.film-play');
      await button.focus();
      await page.keyboard.press('Space');
      expect(await button.textContent()).toBe('Pause');
      await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThanOrEqual(2);
      await page.keyboard.press('Enter');
      expect(await button.textContent()).toBe('Play');
      const paused = await shown(page);
      await page.waitForTimeout(250);
      expect(await shown(page)).toEqual(paused);
      await page.keyboard.press('Space');
      await expect.poll(() => page.locator('.film-play').textContent(), { timeout: 10_000 }).toBe('Play');
      expect((await shown(page)).step).toBe('Step 2,000 of 2,000');
      const again = `(() => {
        document.querySelector('.film-play').click();
        return document.querySelector('.film-slider').value + document.querySelector('.film-play').textContent;
      })()`;
      expect(await page.evaluate(again)).toBe('0Pause');
      await slider(page).press('ArrowRight');
      expect(await button.textContent()).toBe('Play');
    });
  });

  test('for readers who want less motion it goes in few large steps', async () => {
    await visit({ reducedMotion: 'reduce' }, async (page) => {
      await page.evaluate(`(() => {
        window.steps = [];
        new MutationObserver(() => window.steps.push(document.querySelector('.film-step').textContent))
          .observe(document.querySelector('.film-step'), { childList: true });
      })()`);
      await page.locator('.film-play').click();
      await expect.poll(() => page.locator('.film-play').textContent(), { timeout: 10_000 }).toBe('Play');
      expect(await page.evaluate('window.steps')).toEqual(['Step 1,000 of 2,000', 'Step 2,000 of 2,000']);
    });
  });

  test('says what the cell under the pointer shows, and keeps saying it as the film goes on', async () => {
    await visit({}, async (page) => {
      const readout = page.locator('.film-readout').nth(1);
      expect(await readout.textContent()).toBe('|cos|');
      await slider(page).press('End');
      const canvas = page.locator('.film canvas').nth(1);
      const { width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
      await canvas.hover({ position: { x: (1.5 / 4) * width, y: (1.5 / 6) * height } });
      expect(await readout.textContent()).toBe('w1 · u1: 1.00');
      await slider(page).press('Home');
      expect(await readout.textContent()).toBe('w1 · u1: 0.00');
      await page.mouse.move(0, 0);
      expect(await readout.textContent()).toBe('|cos|');
    });
  });

  test('keeps saying it after a tap', async () => {
    await visit({ hasTouch: true }, async (page) => {
      const canvas = page.locator('.film canvas').nth(1);
      const { width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
      await canvas.tap({ position: { x: (2.5 / 4) * width, y: (0.5 / 6) * height } });
      expect(await page.locator('.film-readout').nth(1).textContent()).toBe('w0 · u2: 0.40');
    });
  });

  test("follows the page's theme, the reader's scheme and the paper", async () => {
    await visit({ colorScheme: 'light' }, async (page) => {
      await slider(page).press('End');
      const light = await shown(page);
      const bar = () => page.evaluate("getComputedStyle(document.querySelector('.film-bar')).fill");
      const lightBar = await bar();
      await page.locator('#theme-toggle').click();
      const dark = await shown(page);
      expect(Object.keys(light).filter((part) => light[part] !== dark[part])).toEqual([
        'features',
        'left',
        'right',
      ]);
      expect(await bar()).not.toBe(lightBar);
      await page.emulateMedia({ media: 'print' });
      await expect.poll(() => shown(page)).toEqual(light);
      await page.emulateMedia({ media: 'screen' });
      await expect.poll(() => shown(page)).toEqual(dark);
      await page.locator('#theme-toggle').click();
      expect(await shown(page)).toEqual(light);
    });
    await visit({ colorScheme: 'light' }, async (page) => {
      const light = await shown(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(async () => unchanged(light, await shown(page))).not.toContain('features');
    });
  });

  test.each([360, 390, 768, 1280])('keeps to a page of %i pixels, its controls in sight', async (width) => {
    await visit({ viewport: { width, height: 700 } }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.locator('.film-curves').scrollIntoViewIfNeeded();
      const { y = -1 } = (await slider(page).boundingBox()) ?? {};
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThan(700);
      const sides = `[...document.querySelectorAll('.film canvas')].map((canvas) => {
        const { width, height } = canvas.getBoundingClientRect();
        return (width / canvas.width) / (height / canvas.height);
      })`;
      for (const ratio of (await page.evaluate(sides)) as number[]) expect(ratio).toBeCloseTo(1, 1);
    });
  });

  test('without scripts shows what is missing, and no controls', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      expect(await page.getByText('this browser runs none').isVisible()).toBe(true);
      expect(await page.locator('.film-controls').isVisible()).toBe(false);
    });
  });
});
