import type { TeacherGaps } from '../population/objective.ts';

/** The teacher of the paper's main text, as it stands: logit τ if the first feature is in both tokens, else 0. */
export function presenceTeacherGaps(scale: number): TeacherGaps {
  return (query, context) => context.presence.map((presence) => scale * query.presence[0] * presence[0]);
}
