import {
  adjustedRandIndex,
  cutAtCount,
  type Dendrogram,
  type PromptLabel,
  permutationNull,
} from '@svf-alignment/circuits';

/** How clusters agree with what is known of the prompts. */
export interface LabelAgreement {
  /** Adjusted Rand index with the order of names, and with the template. */
  readonly order: number;
  readonly template: number;
  /** Of the same with labels shuffled: of the two, that which reaches higher by chance. */
  readonly nullMean: number;
  /** 95 % quantile. */
  readonly nullUpper: number;
}

/** Agreement wherever the dendrogram is cut. */
export interface CutAgreement {
  readonly clusters: number;
  readonly order: number;
  readonly template: number;
}

/** The cut at which clusters agree best with a label. */
export interface BestCut {
  readonly clusters: number;
  readonly adjustedRandIndex: number;
  /** 95 % quantile of the best agreement at any of the cuts with labels shuffled: having chosen the cut is paid for. */
  readonly nullUpper: number;
}

const LABELS = ['order', 'template'] as const;
const CUTS = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30];
/** Each is cut as often as there are cuts. */
const BEST_CUT_PERMUTATIONS = 200;

/**
 * @param clusters of each circuit
 * @param labels a label counts among the prompts that have it; one that is the same for all agrees with nothing
 */
export function labelAgreement(
  clusters: ArrayLike<number>,
  labels: readonly PromptLabel[],
  seed: number,
): LabelAgreement {
  const agreements = LABELS.map((name) => new Labelled(labels, name)).map((own) => ({
    index: own.agreement(clusters),
    chance: own.differ
      ? permutationNull(own.values, (shuffled) => own.agreement(clusters, shuffled), { seed })
      : { mean: 0, upper: 0 },
  }));
  const [order, template] = agreements.map(({ index }) => index);
  const [higher] = agreements.map(({ chance }) => chance).sort((one, other) => other.upper - one.upper);
  return { order, template, nullMean: higher.mean, nullUpper: higher.upper };
}

/** Agreement at cuts into 2 to 30 clusters, as far as there are circuits that differ. */
export function cutAgreements(dendrogram: Dendrogram, labels: readonly PromptLabel[]): CutAgreement[] {
  const [order, template] = LABELS.map((name) => new Labelled(labels, name));
  return cutsOf(dendrogram).map(({ count, clusters }) => ({
    clusters: count,
    order: order.agreement(clusters),
    template: template.agreement(clusters),
  }));
}

/** The best of those cuts for each label, of equal ones that into fewer clusters; null where all circuits are equal. */
export function bestCuts(
  dendrogram: Dendrogram,
  labels: readonly PromptLabel[],
  seed: number,
): Readonly<Record<(typeof LABELS)[number], BestCut>> | null {
  const cuts = cutsOf(dendrogram);
  if (cuts.length === 0) return null;
  const [order, template] = LABELS.map((name): BestCut => {
    const own = new Labelled(labels, name);
    const indices = (values?: readonly unknown[]) =>
      cuts.map(({ clusters }) => own.agreement(clusters, values));
    const found = indices();
    const most = Math.max(...found);
    const { upper } = own.differ
      ? permutationNull(own.values, (shuffled) => Math.max(...indices(shuffled)), {
          seed,
          permutations: BEST_CUT_PERMUTATIONS,
        })
      : { upper: 0 };
    return { clusters: cuts[found.indexOf(most)].count, adjustedRandIndex: most, nullUpper: upper };
  });
  return { order, template };
}

/** One label of the prompts that have it. */
class Labelled {
  readonly values: readonly unknown[];
  readonly differ: boolean;
  readonly #members: readonly number[];

  constructor(labels: readonly PromptLabel[], name: (typeof LABELS)[number]) {
    this.#members = [...labels.keys()].filter((index) => labels[index][name] !== null);
    this.values = this.#members.map((index) => labels[index][name]);
    this.differ = new Set(this.values).size > 1;
  }

  /** Adjusted Rand index of clusters with the label, or with other values in its place; 0 of a label that is always the same. */
  agreement(clusters: ArrayLike<number>, values: readonly unknown[] = this.values): number {
    if (!this.differ) return 0;
    return adjustedRandIndex(
      this.#members.map((index) => clusters[index]),
      values,
    );
  }
}

function cutsOf(dendrogram: Dendrogram) {
  // Which of equal circuits a further cut would part is chance.
  const different = 1 + dendrogram.merges.filter(({ height }) => height > 0).length;
  return CUTS.filter((count) => count <= different).map((count) => ({
    count,
    clusters: Array.from(cutAtCount(dendrogram, count)),
  }));
}
