import { expect, onTestFinished, test, vi } from 'vitest';
import { type FakeHub, startFakeHub } from '../../../../real-models/test/hub/fakeHub.ts';
import { requireModels } from '../../../src/experiments/language/requireModels.ts';
import { temporaryFolder } from '../../lab/temporaryFolder.ts';
import { fixtureModel } from './fixtureModel.ts';

async function withHub(): Promise<FakeHub> {
  const hub = await startFakeHub([
    { id: 'tester/there', revisions: { main: { 'config.json': Buffer.from('{}') } } },
  ]);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await hub.close();
  });
  vi.stubEnv('HF_ENDPOINT', hub.url);
  vi.stubEnv('HF_HUB_CACHE', temporaryFolder());
  return hub;
}

test('models that can be opened, or that the hub has; nothing is fetched', async () => {
  const hub = await withHub();
  await requireModels(['ioi-gpt2', 'ioi-neox@step64', fixtureModel('tiny-neox'), 'tester/there']);
  expect(hub.requests.map(({ path }) => path)).toEqual([
    expect.stringMatching(/^\/api\/models\/tester\/there/),
  ]);
});

test.each([
  ['./nowhere', 'bad-folder'],
  ['no model', 'unknown-model'],
  ['ioi-gpt2@step7', 'unknown-revision'],
  ['tester/none', 'unknown-model'],
  ['tester/there@none', 'unknown-revision'],
])('%s is refused, wherever it stands', async (model, code) => {
  await withHub();
  await expect(requireModels(['ioi-gpt2', model])).rejects.toMatchObject({ code });
  await expect(requireModels([model, 'ioi-gpt2'])).rejects.toMatchObject({ code });
});

test('a folder without a model is refused', async () => {
  await expect(requireModels([temporaryFolder()])).rejects.toMatchObject({ code: 'no-config' });
});

test('a hub that is not asked or does not answer says nothing against a model', async () => {
  const hub = await withHub();
  vi.stubEnv('HF_HUB_OFFLINE', '1');
  await requireModels(['tester/none']);
  expect(hub.requests).toEqual([]);
});
