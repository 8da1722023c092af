import { stat } from 'node:fs/promises';
import { SvfError } from '@svf-alignment/core';

/**
 * Refuses the name of a folder that is there with `@REVISION` behind it: only what is on the hub has revisions.
 *
 * @throws SvfError `unknown-revision`
 */
export async function refuseFolderRevision(text: string): Promise<void> {
  const at = text.lastIndexOf('@');
  if (at < 1) return;
  const folder = text.slice(0, at);
  const entry = await stat(folder).catch(() => undefined);
  if (!entry?.isDirectory()) return;
  throw new SvfError(`${folder} is a folder, which has no revisions.`, {
    code: 'unknown-revision',
    path: [text],
    expected: folder,
    received: text,
    remedy: `Leave ${text.slice(at)} away; a name is looked for on the hub only where no folder here has it.`,
  });
}
