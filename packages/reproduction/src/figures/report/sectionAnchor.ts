import type { ReportSection } from './reportData.ts';

/** The fragment id of a section's heading. */
export function sectionAnchor({ id }: Pick<ReportSection, 'id'>): string {
  return `section-${id}`;
}
