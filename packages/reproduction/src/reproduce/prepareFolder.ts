import { access, constants } from 'node:fs/promises';
import { SvfError } from '@svf-alignment/core';
import { makeFolder } from '@svf-alignment/real-models';
import { storeFault, systemCode } from '../lab/storeFault.ts';

/**
 * Makes an output folder before any work is done for it.
 *
 * @throws SvfError `bad-folder` if the path is a file, or cannot be made or written to
 */
export async function prepareFolder(path: string): Promise<void> {
  try {
    await makeFolder(path);
    await access(path, constants.W_OK);
  } catch (error) {
    const { received, remedy } = storeFault('write', path, error);
    throw new SvfError(`\`${path}\` cannot be used as output folder (${systemCode(error) ?? 'unknown'}).`, {
      code: 'bad-folder',
      path: ['out'],
      expected: 'a folder, or a path where one can be made',
      ...(received !== undefined && { received }),
      ...(remedy !== undefined && { remedy }),
      cause: error,
    });
  }
}
