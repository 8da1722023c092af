/** What came of looking at one thing. */
export interface Check {
  readonly id: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What mends it, where it does not work. */
  readonly remedy: string | null;
}

export function works(id: string, detail: string): Check {
  return { id, ok: true, detail, remedy: null };
}

export function fails(id: string, detail: string, remedy: string): Check {
  return { id, ok: false, detail, remedy };
}
