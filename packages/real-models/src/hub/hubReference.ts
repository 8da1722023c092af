import { SvfError } from '@svf-alignment/core';

/** A model on the hub at one revision. */
export interface HubReference {
  /** `name` or `organization/name`. */
  readonly id: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
}

/** The branch that is meant where none is named. */
export const DEFAULT_REVISION = 'main';

const ID = /^(?=.{1,96}$)[A-Za-z0-9_](?:[\w.-]*\w)?(?:\/\w(?:[\w.-]*\w)?)?$/;

/**
 * Reads `ID` or `ID@REVISION`; the rules for both are the hub's and git's, for they become names of folders and files.
 *
 * @throws SvfError `unknown-model` for something that is no ID, `unknown-revision` for something that git has no name for
 */
export function parseHubReference(text: string): HubReference {
  const at = text.indexOf('@');
  const id = at < 0 ? text : text.slice(0, at);
  const revision = at < 0 ? DEFAULT_REVISION : text.slice(at + 1);
  if (!isHubId(id)) {
    throw new SvfError(`'${id}' is no ID of a model on the hub.`, {
      code: 'unknown-model',
      path: [text],
      expected: 'name or organization/name, of letters, digits, - _ .',
      received: id,
      remedy:
        'Give an ID such as gpt2 or EleutherAI/pythia-160m, with @REVISION behind it where you want one.',
    });
  }
  if (!isRevision(revision)) {
    throw new SvfError(`'${revision}' is no revision of a model.`, {
      code: 'unknown-revision',
      path: [text],
      expected: 'a branch, a tag or a commit',
      received: revision,
      remedy: `Give a revision such as main or step1000, or leave '@' away for ${DEFAULT_REVISION}.`,
    });
  }
  return { id, revision };
}

/** Whether the hub allows this ID: nothing in it can lead out of the cache. */
export function isHubId(id: string): boolean {
  return ID.test(id) && !id.includes('--') && !id.includes('..') && !id.endsWith('.git');
}

/** Whether git allows this name (git-check-ref-format). */
function isRevision(revision: string): boolean {
  const parts = revision.split('/');
  const forbidden = /[ ~^:?*[\\]|\.\.|@\{/;
  return (
    revision.length <= 255 &&
    !forbidden.test(revision) &&
    ![...revision].some(isControl) &&
    parts.every(
      (part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock') && !part.endsWith('.'),
    )
  );
}

/** As git counts them: those of ASCII. */
function isControl(character: string): boolean {
  return character < ' ' || character === '\u007f';
}

/** Whether a revision is a whole commit hash, which never comes to mean something else. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}
