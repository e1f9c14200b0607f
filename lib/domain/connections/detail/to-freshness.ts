import { freshUntil, type ProductFreshness } from "../status";
import type { StepState, SyncStepView } from "../run-views";
import { freshnessEntries } from "@/lib/domain/sync/freshness";
import { productName, productOfStep } from "@/lib/domain/sync/plan";
import { iso } from "../to-run-view";

/** How old what is held is, product by product and entity by entity, by Finch's own headers. Pure. */

/** fresh: younger than the cadence, or about to be fetched anew. late: older. failing: Finch's last try at the provider failed. unknown: no header. */
export type FreshnessState = "fresh" | "late" | "failing" | "unknown" | "never";

export interface EntityFreshnessView {
  entityId: string;
  state: FreshnessState;
  /** Finch-Data-Retrieved. */
  asOf: string | null;
  /** When the data is late, by the provider's cadence and the planned sync. */
  dueAt: string | null;
  /** Finch's last try at the provider, and what came of it: success | error | partial_error. */
  lastAttemptAt: string | null;
  lastAttemptResult: string | null;
  /** The first of Finch's failed tries in a row, as far as is known. */
  failingSince: string | null;
  /** When Perch last asked Finch. */
  fetchedAt: string | null;
}

export interface ProductFreshnessView {
  product: string;
  granted: boolean;
  /** Granted once, and no longer. */
  lost: boolean;
  /** The provider answered that it does not have it. */
  notOffered: boolean;
  /** The steps that fetch it in the latest run, the worst of them; null where there is none. */
  stepStatus: StepState | null;
  stepOutcome: string | null;
  /** Null where the reader may not know, or nothing is counted. */
  records: number | null;
  state: FreshnessState;
  entities: EntityFreshnessView[];
}

/** All that Perch reads, in the order of the pages. */
export const shownProducts = [
  "company",
  "directory",
  "individual",
  "ssn",
  "employment",
  "payment",
  "pay_statement",
  "benefits",
  "documents",
] as const;

const endpoints: Record<string, string> = {
  company: "GET /employer/company",
  directory: "GET /employer/directory",
  individual: "POST /employer/individual",
  ssn: "POST /employer/individual",
  employment: "POST /employer/employment",
  payment: "GET /employer/payment",
  pay_statement: "POST /employer/pay-statement",
  benefits: "GET /employer/benefits",
  documents: "GET /employer/documents",
};

/** SSNs come with the answers of /individual: they have no step and no age of their own. */
const sourceOf = (product: string) => (product === "ssn" ? "individual" : product);
/** The step that reads the data itself, of several of one product. */
const mainStep: Record<string, string> = { payment: "payments", pay_statement: "pay_statements" };

export interface FreshnessFacts {
  products: readonly string[];
  lostProducts: readonly string[];
  freshness: unknown;
  unsupported: unknown;
  syncKind: string;
  nextSyncAt: Date | null;
  /** Of the latest run. */
  steps: readonly SyncStepView[];
  records: Readonly<Record<string, number>>;
  /** By endpoint. */
  failingSince: ReadonlyMap<string, Date>;
  now: Date;
}

const worstFirst: readonly FreshnessState[] = ["failing", "late", "never", "unknown", "fresh"];
const stepsWorstFirst: readonly StepState[] = [
  "failed",
  "running",
  "waiting",
  "pending",
  "skipped",
  "succeeded",
];

function stateOf(facts: ProductFreshness, dueAt: Date | null, now: Date): FreshnessState {
  const { lastAttemptResult, retrievedAt, fetchedAt } = facts;
  if (lastAttemptResult !== null && lastAttemptResult !== "success") return "failing";
  if (retrievedAt === null || dueAt === null) return fetchedAt === null ? "never" : "unknown";
  return dueAt <= now ? "late" : "fresh";
}

function toEntity(
  product: string,
  entityId: string,
  facts: ProductFreshness,
  { syncKind, nextSyncAt, failingSince, now }: FreshnessFacts,
): EntityFreshnessView {
  const dueAt = freshUntil(facts, { syncKind, nextSyncAt });
  const state = stateOf(facts, dueAt, now);
  const since = failingSince.get(endpoints[product] ?? "") ?? facts.lastAttemptAt;
  return {
    entityId,
    state,
    asOf: iso(facts.retrievedAt),
    dueAt: iso(dueAt),
    lastAttemptAt: iso(facts.lastAttemptAt),
    lastAttemptResult: facts.lastAttemptResult,
    failingSince: state === "failing" ? iso(since) : null,
    fetchedAt: iso(facts.fetchedAt),
  };
}

function worst<T>(values: readonly T[], order: readonly T[]): T | undefined {
  return order.find((value) => values.includes(value));
}

const hasKey = (value: unknown, key: string) => typeof value === "object" && value !== null && key in value;

/** One row a product, those that nobody granted too. */
export function toFreshness(facts: FreshnessFacts): ProductFreshnessView[] {
  const granted = new Set(facts.products.map(productName));
  const lost = new Set(facts.lostProducts.map(productName));
  const entries = freshnessEntries(facts.freshness);
  return shownProducts.map((product) => {
    const source = sourceOf(product);
    const steps = facts.steps.filter(
      ({ name }) => productOfStep(name) === source && (mainStep[source] ?? name) === name,
    );
    const status = worst(
      steps.map((step) => step.status),
      stepsWorstFirst,
    );
    const entities = entries
      .filter((entry) => productName(entry.product) === source)
      .map(({ entityId, facts: found }) => toEntity(product, entityId, found, facts));
    return {
      product,
      granted: granted.has(product),
      lost: lost.has(product),
      notOffered: hasKey(facts.unsupported, mainStep[source] ?? source),
      stepStatus: status ?? null,
      stepOutcome: steps.find((step) => step.status === status)?.outcome ?? null,
      records: entities.length > 0 || granted.has(product) ? (facts.records[product] ?? null) : null,
      state:
        worst(
          entities.map((entity) => entity.state),
          worstFirst,
        ) ?? "never",
      entities,
    };
  });
}
