import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../../src/figures/report/renderReport.ts';
import { hostileReport } from './hostileReport.ts';
import { sampleReport } from './sampleReport.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const directory = mkdtempSync(join(tmpdir(), 'svf-pages-'));
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(executablePath)) {
    throw new Error(
      `The page tests need a browser, and there is none at ${executablePath}. ` +
        'Install one with `apt-get install chromium`, or set CHROMIUM to the path of another Chromium.',
    );
  }
  browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  writeFileSync(join(directory, 'sample.html'), renderReport(await sampleReport()));
  writeFileSync(join(directory, 'hostile.html'), renderReport(hostileReport));
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Visit {
  readonly name: 'sample' | 'hostile';
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** Opens a page from disk, hands it over, and then checks that it neither complained nor asked for anything. */
async function visit(
  { name, width, colorScheme }: Visit,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const address = pathToFileURL(join(directory, `${name}.html`)).href;
  await page.goto(address, { waitUntil: 'load' });
  await look(page);
  expect(requests).toEqual([address]);
  expect(complaints).toEqual([]);
  await page.close();
}

/** What sticks out of the page to the right, by tag and text; things inside a scrolling box do not count. */
const overflowing = `[...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter((element) => !element.closest('.picture, .formula, .command, .skip'))
  .map((element) => element.tagName + ': ' + element.textContent.slice(0, 40))`;

describe.each([390, 1280])('at a width of %i pixels', (width) => {
  test.each(['light', 'dark'] as const)(
    'the report opens in the %s theme and keeps to its width',
    async (colorScheme) => {
      await visit({ name: 'sample', width, colorScheme }, async (page) => {
        expect(await page.evaluate(overflowing)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        const shown = colorScheme === 'light' ? '.only-light' : '.only-dark';
        const figures = await page.locator('figure').count();
        expect(figures).toBe(6);
        expect(await page.locator(`${shown} > svg:visible`).count()).toBe(figures);
        expect(await page.locator('figure svg:visible').count()).toBe(figures);
      });
    },
  );
});

test('the theme can be turned over and back with the keyboard alone', async () => {
  await visit({ name: 'sample', width: 1280, colorScheme: 'light' }, async (page) => {
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const button = page.locator('#theme-toggle');
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('theme-toggle');
    expect(await button.textContent()).toBe('Dark theme');
    await page.keyboard.press('Enter');
    expect(await background()).toBe('rgb(18, 22, 28)');
    expect(await button.textContent()).toBe('Light theme');
    expect(await page.locator('.only-light > svg:visible').count()).toBe(0);
    await page.keyboard.press('Space');
    expect(await background()).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.only-dark > svg:visible').count()).toBe(0);
    expect(await page.evaluate(overflowing)).toEqual([]);
  });
});

test.each(['light', 'dark'] as const)('text has enough contrast in the %s theme', async (colorScheme) => {
  await visit({ name: 'sample', width: 1280, colorScheme }, async (page) => {
    expect(await page.evaluate(faintTexts)).toEqual([]);
  });
});

/** Texts whose contrast with the nearest painted background is below WCAG AA's 4.5. */
const faintTexts = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body :not(svg *, script)')]
    .filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .map((element) => {
      const [low, high] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))].sort((a, b) => a - b);
      return { text: element.textContent.trim().slice(0, 40), contrast: (high + 0.05) / (low + 0.05) };
    })
    .filter(({ contrast }) => contrast < 4.5);
})()`;

test.each([390, 1280])(
  'a formula wider than %i pixels scrolls in its box, by keyboard too',
  async (width) => {
    await visit({ name: 'sample', width, colorScheme: 'light' }, async (page) => {
      const box = "document.querySelector('.formula')";
      expect(await page.evaluate(`${box}.scrollWidth - ${box}.clientWidth`)).toBeGreaterThan(100);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.locator('.formula').focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.evaluate(`${box}.scrollLeft`)).toBeGreaterThan(0);
    });
  },
);

test('every link within the page leads somewhere', async () => {
  await visit({ name: 'sample', width: 1280, colorScheme: 'light' }, async (page) => {
    const broken = `[...document.querySelectorAll('a[href^="#"]')]
      .map((link) => link.getAttribute('href'))
      .filter((href) => document.getElementById(decodeURIComponent(href.slice(1))) === null)`;
    expect(await page.locator('a[href^="#"]').count()).toBeGreaterThan(10);
    expect(await page.evaluate(broken)).toEqual([]);
  });
});

test('ids are unique although each figure numbers its own anew', async () => {
  await visit({ name: 'sample', width: 1280, colorScheme: 'light' }, async (page) => {
    const repeated = `[...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index)`;
    expect(await page.evaluate(repeated)).toEqual([]);
    const dangling = `[...document.querySelectorAll('svg [fill^="url("], svg [clip-path^="url("]')]
      .map((element) => element.getAttribute('fill')?.match(/#([^)"]*)/)?.[1] ?? element.getAttribute('clip-path').match(/#([^)"]*)/)[1])
      .filter((id) => document.getElementById(id) === null)`;
    expect(await page.evaluate(dangling)).toEqual([]);
  });
});

test.each([390, 1280])('markup and endless words in the data stay text within %i pixels', async (width) => {
  await visit({ name: 'hostile', width, colorScheme: 'dark' }, async (page) => {
    expect(await page.locator('script:not([type])').count()).toBe(2);
    expect(await page.locator('script[type="application/json"]').count()).toBe(1);
    expect(await page.locator('img, iframe, object, [onclick], [onerror]').count()).toBe(0);
    expect(await page.evaluate(overflowing)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const schemes = "[...document.querySelectorAll('a')].map(({ protocol }) => protocol)";
    expect(new Set((await page.evaluate(schemes)) as string[])).toEqual(new Set(['file:']));
  });
});

test('the printed page is light for a reader who prefers dark, and as wide as a sheet', async () => {
  const a4InPixels = 720;
  await visit({ name: 'sample', width: a4InPixels, colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.only-dark > svg:visible').count()).toBe(0);
    expect(await page.evaluate(overflowing)).toEqual([]);
  });
});
