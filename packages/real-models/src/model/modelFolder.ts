import { SvfError } from '@svf-alignment/core';
import { findArchitecture } from '../architecture/architectures.ts';
import type { HubOptions } from '../hub/hubOptions.ts';
import { pullModel } from '../hub/pullModel.ts';
import type { PullProgress } from '../hub/SnapshotFetch.ts';
import { type ModelReference, parseModelReference } from './modelReference.ts';

export interface OpenModelOptions {
  /** Folder of a bundled model; undefined if it has no such revision. */
  readonly bundled?: (name: string, revision?: string) => string | undefined;
  readonly bundledNames?: readonly string[];
  readonly hub?: Omit<HubOptions, 'bundledNames' | 'signal'>;
  /** Told of every piece that arrives from the hub. */
  readonly onProgress?: (progress: PullProgress) => void;
  readonly signal?: AbortSignal;
}

/** Where the files of a model are. */
export interface ModelFolder {
  readonly folder: string;
  /** Of a model from the hub, else null. */
  readonly commit: string | null;
}

/** Finds the folder of a model by its name; what the hub has and the cache has not is fetched, if it can be used. */
export async function modelFolder(text: string, options: OpenModelOptions): Promise<ModelFolder> {
  const reference = await parseModelReference(text, options.bundledNames);
  switch (reference.kind) {
    case 'folder':
      return { folder: reference.folder, commit: null };
    case 'bundled':
      return { folder: bundledFolder(reference, options), commit: null };
    case 'hub': {
      const { hub, bundledNames = [], onProgress, signal } = options;
      const { folder, commit } = await pullModel(reference, {
        ...hub,
        bundledNames,
        checkConfig: (config) => findArchitecture(config).shape(config),
        ...(onProgress === undefined ? {} : { onProgress }),
        ...(signal === undefined ? {} : { signal }),
      });
      return { folder, commit };
    }
  }
}

function bundledFolder(
  { name, revision }: ModelReference & { readonly kind: 'bundled' },
  { bundled }: OpenModelOptions,
): string {
  const folder = bundled?.(name, ...(revision === null ? [] : [revision]));
  if (folder !== undefined) return folder;
  throw new SvfError(`The bundled model ${name} has no revision ${revision}.`, {
    code: 'unknown-revision',
    path: [`${name}@${revision}`],
    received: `${revision}`,
    remedy: `Name ${name} alone, or a revision that 'svf model list' shows.`,
  });
}
