import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { circuitPage } from '../../../src/export/page/circuitPage.ts';
import { averagedCircuit } from '../../../src/unified/averagedCircuit.ts';
import { goldenDocument } from '../goldenDocument.ts';
import { hostileDocument, hostileText } from '../hostileDocument.ts';
import { largeDocument } from '../largeDocument.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const directory = mkdtempSync(join(tmpdir(), 'svf-circuit-'));
let browser: Browser;

type Name = 'golden' | 'average' | 'large' | 'hostile' | 'empty';

beforeAll(async () => {
  if (!existsSync(executablePath)) {
    throw new Error(
      `The page tests need a browser, and there is none at ${executablePath}. ` +
        'Install one with `apt-get install chromium`, or set CHROMIUM to the path of another Chromium.',
    );
  }
  browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  const golden = goldenDocument();
  const meant = golden.edges.map((_, edge) => (edge === 2 ? 'a name that stood twice' : null));
  const pages: Record<Name, string> = {
    golden: circuitPage(golden, { interpretations: meant }),
    average: circuitPage(
      averagedCircuit(golden, [{ document: golden, places: golden.tokens.map((_, token) => token) }], 0),
    ),
    large: circuitPage(largeDocument()),
    hostile: circuitPage(hostileDocument(), { interpretations: [hostileText, null] }),
    empty: circuitPage({
      ...golden,
      nodes: [],
      edges: [],
      warnings: [{ code: 'x', message: 'No seed.', path: [] }],
    }),
  };
  for (const [name, page] of Object.entries(pages)) writeFileSync(join(directory, `${name}.html`), page);
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Opens a page from disk, hands it over, and checks that it neither complained nor asked for anything. */
async function visit(name: Name, look: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
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

const node = (page: Page, title: string) => page.getByRole('button', { name: title });
const shownEdges = (page: Page) => page.locator('.drawing .edge:not(.off)');
const nearEdges = (page: Page) => page.locator('.drawing .edge.near:not(.off)');
const rows = (page: Page) => page.locator('tbody tr');
const weights = async (page: Page) =>
  (await page.locator('tbody td[data-label="Weight"]').allTextContents()).map((text) =>
    Number(text.replace('−', '-')),
  );
const tooltip = (page: Page) => page.locator('.tooltip');
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search nodes' });
const slider = (page: Page) => page.getByRole('slider', { name: 'Strongest edges shown' });
const card = (page: Page) => page.getByRole('region', { name: 'Pinned' });
const classesOf = async (locator: Locator) => ((await locator.getAttribute('class')) ?? '').split(' ');

const head21 = 'Head 2.1 at “to (1)” on “Kate”';
const head11 = 'Head 1.1 at “to (1)” on “Anna”';

describe('the graph', () => {
  test('shows every node, in its kind’s shape, and every edge of a small circuit', async () => {
    await visit('golden', async (page) => {
      expect(await page.title()).toBe("Circuit of Prob 'Kate'");
      expect(await page.locator('.drawing .node').count()).toBe(25);
      expect(await shownEdges(page).count()).toBe(42);
      const shapes = await page.evaluate(`[...document.querySelectorAll('.drawing .node')].map((own) =>
        [own.classList[1], own.firstChild.tagName, getComputedStyle(own.firstChild).fill, own.firstChild.getAttribute('rx'),
         (own.firstChild.getAttribute('points') ?? '').split(' ').length].join())`);
      expect(new Set(shapes as string[]).size).toBe(6);
      const dashes = await page.evaluate(`['d', 's'].map((type) =>
        getComputedStyle(document.querySelector('.drawing .edge.' + type + ' .line')).strokeDasharray)`);
      expect(dashes).toEqual(['none', '7px, 5px']);
    });
  });

  test('draws heavier edges wider and marks the negative one', async () => {
    await visit('golden', async (page) => {
      const { edges } = goldenDocument();
      const lines = await page
        .locator('.drawing .edge .line')
        .evaluateAll((all) => all.map((line) => Number(line.getAttribute('stroke-width'))));
      for (const intoRoot of [true, false]) {
        const group = edges.flatMap(({ to, weight }, edge) =>
          (to.length === 2) === intoRoot ? [{ size: Math.abs(weight), width: lines[edge] }] : [],
        );
        group.sort((a, b) => a.size - b.size);
        const widths = group.map(({ width }) => width);
        expect(widths).toEqual([...widths].sort((a, b) => a - b));
        expect(widths[widths.length - 1]).toBeGreaterThan(2 * widths[0]);
      }
      expect(await page.locator('.drawing .minus').count()).toBe(1);
      expect(await page.locator('.drawing [marker-end]').count()).toBe(1);
    });
  });

  test('tells on hover of attention, weights and singular vectors', async () => {
    await visit('golden', async (page) => {
      await node(page, head21).hover();
      const text = await tooltip(page).textContent();
      expect(text).toContain(head21);
      expect(text).toContain('Attention 0.991');
      expect(text).toMatch(/MLP 0 at “Kate” 0\.703, vectors 0/);
      expect(await nearEdges(page).count()).toBe(
        goldenDocument().edges.filter(({ from, to }) =>
          [from, to].some((end) => String(end) === '2,1,to (1),Kate'),
        ).length,
      );
      await page.mouse.move(5, 5);
      expect(await tooltip(page).isHidden()).toBe(true);
      expect(await nearEdges(page).count()).toBe(0);
    });
  });

  test('tells on hover of an edge what reads it, and what it means', async () => {
    await visit('golden', async (page) => {
      const { from, to } = goldenDocument().edges[2];
      const reach = page.locator('.drawing .edge').nth(2).locator('.reach');
      const [x, y] = (await reach.evaluate((own) => {
        const path = own as unknown as {
          getPointAtLength(length: number): { x: number; y: number };
          getTotalLength(): number;
        };
        const { x, y } = path.getPointAtLength(0.35 * path.getTotalLength());
        const drawing = (
          own as unknown as { getScreenCTM(): { a: number; e: number; d: number; f: number } }
        ).getScreenCTM();
        return [drawing.a * x + drawing.e, drawing.d * y + drawing.f];
      })) as [number, number];
      await page.mouse.move(x, y);
      const hovered = page.locator('.drawing .edge.near');
      expect(await hovered.count()).toBe(1);
      await reach.dispatchEvent('pointerenter', { clientX: x, clientY: y });
      const text = await tooltip(page).textContent();
      expect(text).toContain(`Head ${to[0]}.${to[1]}`);
      expect(text).toContain(String(from[2]));
      expect(text).toMatch(/Read by (query \(d\)|key \(s\)|output)/);
      expect(text).toMatch(/Weight 0\.\d{3} of attention 0\.\d{3}/);
      expect(text).toContain('a name that stood twice');
    });
  });
});

describe('the legend', () => {
  const weightLine = async (page: Page) => {
    const edge = page.locator('.drawing .edge').nth(2).locator('.reach');
    await edge.dispatchEvent('pointerenter', { clientX: 300, clientY: 300 });
    return tooltip(page).locator('.line', { hasText: 'Weight' }).textContent();
  };
  const notes = (page: Page) => page.getByRole('list', { name: 'Legend' }).locator('.note').allTextContents();

  test('says what a weight is', async () => {
    await visit('golden', async (page) => {
      const [intoHead, intoOutput, ...more] = await notes(page);
      expect(intoHead).toContain('attention loses');
      expect(intoOutput).toContain('integrated gradient of the log-probability');
      expect(more).toEqual([]);
    });
  });

  test('of an average says that weights are means, which are then set against no attention', async () => {
    await visit('average', async (page) => {
      expect((await notes(page))[2]).toContain('means over all circuits');
      expect(await weightLine(page)).toMatch(/^Weight 0\.\d{3}$/);
    });
    await visit('golden', async (page) => {
      expect(await weightLine(page)).toMatch(/^Weight 0\.\d{3} of attention 0\.\d{3}$/);
    });
  });
});

describe('the first view', () => {
  const spanOf = async (locator: Locator) => {
    const box = await locator.boundingBox();
    if (box === null) throw new Error('It is not drawn.');
    return [box.x, box.x + box.width];
  };
  const hint = (page: Page) => page.locator('.hint');
  const frame = (page: Page) => page.locator('.frame');

  const isWhole = async (page: Page) => {
    const tokens = page.locator('.tokens text');
    const [, names] = await spanOf(page.locator('.axis'));
    const [, end] = await spanOf(page.locator('.scroller'));
    expect((await spanOf(tokens.first()))[0]).toBeGreaterThan(names);
    expect((await spanOf(tokens.last()))[1]).toBeLessThan(end);
    const scrolls = await page.locator('.scroller').evaluate((own) => own.scrollWidth > own.clientWidth);
    expect(scrolls).toBe(false);
    expect(await hint(page).isHidden()).toBe(true);
  };

  test.each([800, 1000, 1200])('has every token at a width of %i', async (width) => {
    await visit('golden', isWhole, { viewport: { width, height: 900 } });
  });

  test('has every token beside scrollbars that take room', async () => {
    const scrolling = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu'],
      ignoreDefaultArgs: ['--hide-scrollbars'],
    });
    try {
      // So low that the graph scrolls down, for which a scrollbar stands at its side.
      const page = await scrolling.newPage({ viewport: { width: 1200, height: 400 } });
      await page.goto(pathToFileURL(join(directory, 'golden.html')).href);
      const bar = await page
        .locator('.scroller')
        .evaluate((own) => (own as unknown as { offsetWidth: number }).offsetWidth - own.clientWidth);
      expect(bar).toBeGreaterThan(0);
      await isWhole(page);
    } finally {
      await scrolling.close();
    }
  });

  test('keeps the zoom beside the other controls at a width of 1200', async () => {
    await visit(
      'large',
      async (page) => {
        const zooms = await page.getByRole('group', { name: 'Zoom' }).boundingBox();
        const field = await search(page).boundingBox();
        expect(zooms?.y).toBeLessThan((field?.y ?? 0) + (field?.height ?? 0));
      },
      { viewport: { width: 1200, height: 900 } },
    );
  });

  test('on a phone has the output, and says that there is more', async () => {
    await visit(
      'golden',
      async (page) => {
        await hint(page).waitFor();
        expect(await hint(page).textContent()).toContain('scroll sideways');
        expect(await classesOf(frame(page))).toEqual(['frame', 'more-left']);
        const [left, right] = await spanOf(node(page, "Prob 'Kate'"));
        expect(left).toBeGreaterThan((await spanOf(page.locator('.axis')))[1]);
        expect(right).toBeLessThan(390);
        await page.locator('.scroller').evaluate((own) => own.scrollTo(0, 0));
        await page.locator('.frame.more-right:not(.more-left)').waitFor();
        await page.getByRole('button', { name: 'Fit to width' }).click();
        await hint(page).waitFor({ state: 'hidden' });
        expect(await classesOf(frame(page))).toEqual(['frame']);
      },
      { viewport: { width: 390, height: 844 } },
    );
  });
});

describe('a pinned node', () => {
  test('keeps its neighbourhood until it is released, in graph and table', async () => {
    await visit('golden', async (page) => {
      await node(page, head11).click();
      await page.mouse.move(5, 5);
      const near = await nearEdges(page).count();
      expect(near).toBe(15);
      expect(await rows(page).count()).toBe(near);
      expect(await card(page).getByRole('heading', { level: 3 }).textContent()).toBe(head11);
      expect(await node(page, head11).getAttribute('aria-pressed')).toBe('true');
      await page.keyboard.press('Escape');
      expect(await nearEdges(page).count()).toBe(0);
      expect(await rows(page).count()).toBe(42);
      expect(await card(page).isHidden()).toBe(true);
    });
  });

  test('is released by a second click, and by the button of its card', async () => {
    await visit('golden', async (page) => {
      await node(page, head11).click();
      await node(page, head11).click();
      expect(await card(page).isHidden()).toBe(true);
      await node(page, head11).click();
      await page.getByRole('button', { name: 'Release' }).click();
      expect(await card(page).isHidden()).toBe(true);
    });
  });

  test('leads from the output back to an embedding, edge by edge', async () => {
    await visit('golden', async (page) => {
      await node(page, "Prob 'Kate'").click();
      for (const title of [head21, 'Head 1.3 at “to (1)” on “Anna”', 'Embedding at “to (1)”']) {
        await card(page).getByRole('button', { name: title }).first().click();
        expect(await card(page).getByRole('heading', { level: 3 }).textContent()).toBe(title);
        expect(await node(page, title).evaluate((own) => own === own.ownerDocument.activeElement)).toBe(true);
      }
      expect(await card(page).textContent()).toContain('Not traced further.');
    });
  });

  test('shows whole paths where they are asked for', async () => {
    await visit('golden', async (page) => {
      await node(page, 'Head 1.0 at “to (1)” on “Anna (1)”').click();
      await page.mouse.move(5, 5);
      const neighbours = await nearEdges(page).count();
      await page.getByRole('checkbox', { name: 'Whole paths' }).check();
      const { edges } = goldenDocument();
      const key = (end: unknown) => JSON.stringify(end);
      const reach = (start: string, side: 'from' | 'to') => {
        const found = new Set([start]);
        for (const own of found) {
          for (const { from, to } of edges) {
            if (key(side === 'from' ? to : from) === own) found.add(key(side === 'from' ? from : to));
          }
        }
        return found;
      };
      const start = key([1, 0, 'to (1)', 'Anna (1)']);
      const up = reach(start, 'from');
      const down = reach(start, 'to');
      const whole = edges.filter(({ from, to }) => up.has(key(to)) || down.has(key(from)));
      expect(await nearEdges(page).count()).toBe(whole.length);
      expect(whole.length).toBeGreaterThan(neighbours);
    });
  });
});

describe('the slider', () => {
  test('hides the weakest edges and says how many it shows', async () => {
    await visit('golden', async (page) => {
      await slider(page).fill('10');
      expect(await shownEdges(page).count()).toBe(10);
      expect(await rows(page).count()).toBe(10);
      expect(await page.locator('output').textContent()).toMatch(/^10 of 42 edges, ≥ \d+% of the strongest$/);
      expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/^10 of 42 edges/);
      await slider(page).focus();
      await page.keyboard.press('ArrowRight');
      expect(await shownEdges(page).count()).toBe(11);
      await page.keyboard.press('Home');
      expect(await shownEdges(page).count()).toBe(0);
      await node(page, head11).click();
      expect(await shownEdges(page).count()).toBe(15);
    });
  });
});

describe('the search', () => {
  test('finds nodes by head, layer, kind and token', async () => {
    const found = { '2.1': 1, L2H1: 1, l1h: 3, 'MLP 1': 2, mlp: 7, kate: 3, nothing: 0, '': 0 };
    await visit('golden', async (page) => {
      for (const [typed, count] of Object.entries(found)) {
        await search(page).fill(typed);
        expect([typed, await page.locator('.drawing .node.match').count()]).toEqual([typed, count]);
        const told = typed === '' ? '' : `${count} node${count === 1 ? '' : 's'}`;
        expect(await page.locator('.found').textContent()).toBe(told);
      }
    });
  });

  test('pins one match after the other and brings them into sight', async () => {
    await visit('large', async (page) => {
      await search(page).fill('MLP 7');
      const pinned: string[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        await search(page).press('Enter');
        const own = page.locator('.drawing .node.pinned');
        pinned.push((await own.getAttribute('aria-label')) ?? '');
        const box = await own.boundingBox();
        const sheet = await card(page).boundingBox();
        expect(box?.x).toBeGreaterThan(90);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(1280);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan((sheet?.y ?? 0) + 1);
      }
      expect(new Set(pinned).size).toBe(3);
      expect(pinned.every((label) => label.startsWith('MLP 7 '))).toBe(true);
    });
  });
});

describe('the table', () => {
  test('is sorted by each of its columns, both ways', async () => {
    await visit('golden', async (page) => {
      const descending = await weights(page);
      expect(descending).toEqual([...descending].sort((a, b) => b - a));
      await page.getByRole('button', { name: 'Weight' }).click();
      expect(await weights(page)).toEqual([...descending].sort((a, b) => a - b));
      const header = page.locator('th[aria-sort]');
      expect(await header.getAttribute('aria-sort')).toBe('ascending');
      for (const name of ['From', 'To', 'Read by', 'Singular vectors', 'Interpretation']) {
        const runs: string[][] = [];
        for (let click = 0; click < 2; click += 1) {
          await page.getByRole('columnheader', { name, exact: true }).getByRole('button').click();
          expect(await header.textContent()).toBe(name);
          const cells = await page.locator(`td[data-label="${name}"]`).allTextContents();
          const values =
            name === 'Singular vectors'
              ? cells.map((cell) => String(cell.split(',').length * Number(cell !== '–')))
              : cells;
          runs.push(values.filter((value, row) => value !== values[row - 1]));
        }
        expect(new Set(runs[0]).size).toBe(runs[0].length);
        expect(runs[1]).toEqual([...runs[0]].reverse());
      }
      expect(await page.locator('td[data-label="Interpretation"]').first().textContent()).toBe(
        'a name that stood twice',
      );
    });
  });

  test('is filtered by what its cells say', async () => {
    await visit('golden', async (page) => {
      await page.getByRole('searchbox', { name: 'Filter edges' }).fill('key');
      const keys = goldenDocument().edges.filter(({ type }) => type === 's').length;
      expect(await rows(page).count()).toBe(keys);
      expect(await page.locator('.count').textContent()).toBe(`${keys} of 42 edges`);
    });
  });

  test('shows the edge of a row in the graph, and pins it', async () => {
    await visit('golden', async (page) => {
      await rows(page).nth(3).hover();
      expect(await nearEdges(page).count()).toBe(1);
      await rows(page).nth(3).click();
      expect(await page.locator('.drawing .edge.pinned').count()).toBe(1);
      expect(await rows(page).count()).toBe(1);
      expect(await rows(page).first().getAttribute('aria-current')).toBe('true');
      expect(await card(page).textContent()).toContain('Weight');
    });
  });
});

describe('the keyboard', () => {
  test('reaches every control in the order in which they stand', async () => {
    await visit('golden', async (page) => {
      const order: string[] = [];
      for (let step = 0; step < 10; step += 1) {
        await page.keyboard.press('Tab');
        order.push(
          (await page.evaluate(
            `document.activeElement.getAttribute('aria-label') ?? document.activeElement.closest('label')?.textContent ?? document.activeElement.textContent`,
          )) as string,
        );
      }
      expect(order.slice(0, 7)).toEqual([
        'Dark theme',
        'Search nodes',
        'Strongest edges shown',
        'Whole paths',
        'Smaller',
        'Larger',
        'Fit to width',
      ]);
      expect(order[7]).toMatch(/^Prob 'Kate', reads 3, is read by 0$/);
      expect(order[8]).toBe('Filter edges');
    });
  });

  test('moves between nodes, tells of them, pins and releases', async () => {
    await visit('golden', async (page) => {
      await node(page, "Prob 'Kate'").focus();
      await page.keyboard.press('ArrowDown');
      expect(await tooltip(page).textContent()).toContain('at “to (1)”');
      await page.keyboard.press('Home');
      expect(await tooltip(page).textContent()).toContain('Attention 0.991');
      const ring = await page.evaluate(`getComputedStyle(document.activeElement.firstChild).strokeWidth`);
      expect(ring).toBe('4px');
      await page.keyboard.press('ArrowRight');
      expect(await tooltip(page).textContent()).toContain('MLP 2');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      expect(await classesOf(node(page, head21))).toContain('pinned');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Escape');
      expect(await card(page).isHidden()).toBe(true);
      expect(await page.locator('.drawing .node[tabindex="0"]').count()).toBe(1);
    });
  });

  test('walks every node of the graph by arrow keys', async () => {
    await visit('golden', async (page) => {
      await node(page, "Prob 'Kate'").focus();
      const seen = new Set<string>();
      for (let row = 0; row < 5; row += 1) {
        await page.keyboard.press('Home');
        for (let step = 0; step < 14; step += 1) {
          seen.add((await page.evaluate(`document.activeElement.getAttribute('aria-label')`)) as string);
          await page.keyboard.press('ArrowRight');
        }
        await page.keyboard.press('ArrowDown');
      }
      expect(seen.size).toBe(25);
    });
  });

  test('walks the table and pins a row', async () => {
    await visit('golden', async (page) => {
      await rows(page).first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(
        await rows(page)
          .nth(2)
          .evaluate((own) => own === own.ownerDocument.activeElement),
      ).toBe(true);
      expect(await nearEdges(page).count()).toBe(1);
      await page.keyboard.press('Enter');
      expect(await page.locator('.drawing .edge.pinned').count()).toBe(1);
    });
  });
});

describe('a large circuit', () => {
  test('shows at first its strongest edges only, and all of them when asked', async () => {
    await visit('large', async (page) => {
      expect(await page.locator('.drawing .node').count()).toBe(300);
      expect(await shownEdges(page).count()).toBe(150);
      await slider(page).fill('2000');
      expect(await shownEdges(page).count()).toBe(2000);
      expect(await rows(page).count()).toBe(2000);
    });
  });

  test('scrolls in its box under names that stay, and begins at the output', async () => {
    await visit('large', async (page) => {
      const scroller = page.locator('.scroller');
      expect(await scroller.evaluate((own) => own.scrollWidth > own.clientWidth)).toBe(true);
      expect(await node(page, "Prob ' Mary'").isVisible()).toBe(true);
      const box = await node(page, "Prob ' Mary'").boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(1280);
      const axis = await page.locator('.axis').boundingBox();
      const tokens = await page.locator('.tokens').boundingBox();
      await scroller.evaluate((own) => own.scrollTo(0, 500));
      expect((await page.locator('.axis').boundingBox())?.x).toBe(axis?.x);
      expect((await page.locator('.tokens').boundingBox())?.y).toBe(tokens?.y);
      await page.getByRole('button', { name: 'Fit to width' }).click();
      expect(await scroller.evaluate((own) => own.scrollWidth <= own.clientWidth)).toBe(true);
    });
  });

  test('has labels that stay within their nodes and apart from each other', async () => {
    await visit('large', async (page) => {
      const outside = await page.evaluate(`[...document.querySelectorAll('.drawing .node')].filter((own) => {
        const shape = own.firstChild.getBBox();
        return [...own.querySelectorAll('text')].some((text) => text.getBBox().width > shape.width);
      }).map((own) => own.textContent)`);
      expect(outside).toEqual([]);
      const tokens = (await page.evaluate(
        `[...document.querySelectorAll('.tokens text')].map((own) => { const { x, width } = own.getBBox(); return [x, x + width]; })`,
      )) as [number, number][];
      for (const [i, [left]] of tokens.entries()) if (i > 0) expect(left).toBeGreaterThan(tokens[i - 1][1]);
    });
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  const dark = colorScheme === 'dark';

  test('the page has its colours, and a button to change them', async () => {
    const paper = (page: Page) => page.evaluate(`getComputedStyle(document.body).backgroundColor`);
    await visit(
      'golden',
      async (page) => {
        const [own, other] = dark
          ? ['rgb(18, 22, 28)', 'rgb(255, 255, 255)']
          : ['rgb(255, 255, 255)', 'rgb(18, 22, 28)'];
        expect(await paper(page)).toBe(own);
        await page.getByRole('button', { name: dark ? 'Light theme' : 'Dark theme' }).click();
        expect(await paper(page)).toBe(other);
        await page.getByRole('button', { name: dark ? 'Dark theme' : 'Light theme' }).click();
        expect(await paper(page)).toBe(own);
      },
      { colorScheme },
    );
  });

  test('texts stand out from what is behind them', async () => {
    await visit(
      'golden',
      async (page) => {
        const ratios = (await page.evaluate(`(() => {
          const light = (colour) => {
            const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
              .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
          const paper = getComputedStyle(document.body).backgroundColor;
          const nodes = [...document.querySelectorAll('.drawing .node')].flatMap((own) =>
            [...own.querySelectorAll('text')].map((text) => ratio(getComputedStyle(text).fill, getComputedStyle(own.firstChild).fill)));
          const marks = [...document.querySelectorAll('td .mark, dt, .count')].map((own) => ratio(getComputedStyle(own).color, paper));
          return [...nodes, ...marks];
        })()`)) as number[];
        expect(ratios.length).toBeGreaterThan(60);
        expect(Math.min(...ratios)).toBeGreaterThan(4.5);
      },
      { colorScheme },
    );
  });

  test.each(['golden', 'large', 'hostile', 'empty'] as const)(
    'the %s page keeps to the width of a phone',
    async (name) => {
      await visit(
        name,
        async (page) => {
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
        },
        { colorScheme, viewport: { width: 390, height: 844 } },
      );
    },
  );
});

test('hostile text is shown as text', async () => {
  await visit('hostile', async (page) => {
    expect(await page.locator('blockquote').textContent()).toBe(hostileText);
    expect(await page.locator('img').count()).toBe(0);
    await node(page, 'Head 1.0').click();
    expect(await card(page).textContent()).toContain(hostileText);
    await page.getByRole('searchbox', { name: 'Search nodes' }).fill(hostileText);
    expect(await page.locator('.drawing .node.match').count()).toBe(2);
  });
});

test('an empty circuit says so, and why', async () => {
  await visit('empty', async (page) => {
    expect(await page.locator('main').textContent()).toContain('This circuit is empty');
    expect(await page.locator('header .notice').textContent()).toContain('No seed.');
    expect(await page.locator('.drawing').count()).toBe(0);
  });
});
