import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@svf-alignment/core/safetensors';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/lab/experiment.ts';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import { reproduce } from '../../src/reproduce/reproduce.ts';
import { temporaryFolder } from '../lab/temporaryFolder.ts';
import { countingExperiment } from './countingExperiment.ts';

const provenance = { command: 'svf reproduce', date: '2026-01-02', node: '20', platform: 'x', packages: {} };

function options(folder: string, experiments: readonly Experiment[]) {
  const pool = inlineTaskPool(experiments);
  return { experiments, profile: 'quick', seed: 3, folder, pool, provenance } as const;
}

/** Every file under a folder but the store, with its content. */
function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('store'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

describe('reproduce', () => {
  it('writes figures, results, claims and the page', async () => {
    const folder = temporaryFolder();
    const { claims, failures, page } = await reproduce(options(folder, [countingExperiment('one')]));
    expect(claims.map(({ id }) => id)).toEqual(['one/double']);
    expect(failures).toEqual([]);
    expect(page).toBe(new URL(`file://${folder}/index.html`).href);
    expect(Object.keys(filesOf(folder))).toEqual([
      'claims.json',
      'figures/one-bars.png',
      'figures/one-bars.svg',
      'index.html',
      'results/one.json',
      'results/one.safetensors',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'claims.json'), 'utf8'))).toEqual({
      profile: 'quick',
      seed: 3,
      claims,
      failures: [],
    });
    const results = JSON.parse(readFileSync(join(folder, 'results/one.json'), 'utf8'));
    expect(results.tasks).toMatchObject([
      { config: { number: 3 }, values: { double: 6 }, tensors: ['0.both'] },
      { config: { number: 4 }, values: { double: 8 }, tensors: ['1.both'] },
    ]);
    const { tensors } = decodeSafetensors(readFileSync(join(folder, 'results/one.safetensors')));
    expect([...(tensors.get('1.both')?.data ?? [])]).toEqual([8, 1]);
  });

  it('does nothing again that the store has, and writes the same files', async () => {
    const folder = temporaryFolder();
    const experiment = countingExperiment('one');
    await reproduce(options(folder, [experiment]));
    const before = filesOf(folder);
    await reproduce(options(folder, [experiment]));
    expect(experiment.runs).toBe(2);
    expect(filesOf(folder)).toEqual(before);
  });

  it('after an abort goes on with what is missing, to the same files', async () => {
    const [stopped, whole] = [temporaryFolder(), temporaryFolder()];
    const experiment = countingExperiment('one');
    const controller = new AbortController();
    const run = reproduce({
      ...options(stopped, [experiment]),
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'task-started' && event.task === 1) controller.abort(new Error('stop'));
      },
    });
    await expect(run).rejects.toThrow('stop');
    expect(experiment.runs).toBe(1);
    expect(filesOf(stopped)).toEqual({});
    await reproduce(options(stopped, [experiment]));
    expect(experiment.runs).toBe(2);
    await reproduce(options(whole, [countingExperiment('one')]));
    expect(filesOf(stopped)).toEqual(filesOf(whole));
  });

  it('tells an experiment that failed, and finishes the others', async () => {
    const folder = temporaryFolder();
    const experiments = [countingExperiment('bad', true), countingExperiment('good')];
    const { claims, failures } = await reproduce(options(folder, experiments));
    expect(claims.map(({ id }) => id)).toEqual(['good/double']);
    expect(failures).toEqual([{ experiment: 'bad', reason: 'It broke.' }]);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('It broke.');
  });

  it('tells a model that failed with the results of the others', async () => {
    const folder = temporaryFolder();
    const models = ['ioi-gpt2', 'ioi-neox'];
    const experiment: Experiment = {
      ...countingExperiment('one'),
      runsLanguageModels: true,
      tasks: (_, __, names = []) => names.map((model) => ({ model })),
      run: async ({ model }) => {
        if (model === 'ioi-neox') throw new Error('It broke.');
        return { values: {}, tensors: {} };
      },
    };
    const reproduction = await reproduce({ ...options(folder, [experiment]), models });
    const { claims, failures } = reproduction;
    expect(failures).toEqual([{ experiment: 'one', model: 'ioi-neox', reason: 'It broke.' }]);
    expect(claims).toMatchObject([
      { id: 'one/double', verdict: 'reproduced' },
      { id: 'one/ioi-neox/not-run', verdict: 'not run', note: 'It broke.' },
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'claims.json'), 'utf8'))).toMatchObject({ claims, failures });
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(page).toContain('Not every experiment could be run on ioi-neox.');
    expect(page).toContain('It broke.');
  });

  it('refuses a model that there is not before anything is done, where one is run at all', async () => {
    const folder = temporaryFolder();
    const experiment = countingExperiment('one');
    const models = [join(folder, 'nowhere')];
    const language = { ...options(folder, [{ ...experiment, runsLanguageModels: true } as const]), models };
    await expect(reproduce(language)).rejects.toMatchObject({ code: 'bad-folder' });
    expect(readdirSync(folder)).toEqual([]);
    expect((await reproduce({ ...options(folder, [experiment]), models })).failures).toEqual([]);
  });

  it('tells a figure that cannot be drawn as a failure of its experiment', async () => {
    const folder = temporaryFolder();
    const experiment = { ...countingExperiment('one'), draw: () => [badFigure] };
    const { claims, failures } = await reproduce(options(folder, [experiment, countingExperiment('two')]));
    expect(failures).toEqual([{ experiment: 'one', reason: expect.stringContaining('cannot be drawn') }]);
    expect(claims.map(({ id }) => id)).toEqual(['two/double']);
  });

  it('writes pages and links to them', async () => {
    const folder = temporaryFolder();
    const pages = () => [{ id: 'one-more', title: 'More & more', html: '<!doctype html>' }];
    const { failures } = await reproduce(options(folder, [{ ...countingExperiment('one'), pages }]));
    expect(failures).toEqual([]);
    expect(readFileSync(join(folder, 'pages/one-more.html'), 'utf8')).toBe('<!doctype html>');
    const report = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(report).toContain('<a href="pages/one-more.html">More &amp; more</a>');
    const twice = { ...countingExperiment('two'), pages: () => [...pages(), ...pages()] };
    expect((await reproduce(options(folder, [twice]))).failures).toEqual([
      { experiment: 'two', reason: 'Two pages have the id one-more.' },
    ]);
  });

  it('typesets statements, and tells a formula that cannot be typeset as a failure of its experiment', async () => {
    const folder = temporaryFolder();
    const stating = (id: string, latex: string) => ({
      ...countingExperiment(id),
      formulations: [{ title: 'A lemma', text: 'x is large.', latex, source: 'Appendix A' }],
    });
    const experiments = [stating('bad', '\\frac{1'), stating('good', 'x \\gg 1')];
    const { claims, failures } = await reproduce(options(folder, experiments));
    expect(failures).toEqual([{ experiment: 'bad', reason: expect.stringContaining('cannot be typeset') }]);
    expect(claims.map(({ id }) => id)).toEqual(['good/double']);
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(page.match(/<math /g)).toHaveLength(1);
    expect(page).toContain('x \\gg 1</annotation>');
  });
});

const badFigure = {
  id: 'bad',
  title: '',
  caption: '',
  specification: { mark: 'no such mark', data: { values: [] } },
};
