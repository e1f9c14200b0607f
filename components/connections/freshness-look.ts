import type { ShapeName } from "@/components/ui/status-shape";
import type { Tone } from "@/components/ui/tone";
import type {
  EntityFreshnessView,
  FreshnessState,
  ProductFreshnessView,
} from "@/lib/domain/connections/detail/to-freshness";

/** How the age of a product's data is said and drawn; pure. */

export type FreshnessLook =
  | { kind: "chip"; tone: Tone; shape: ShapeName; word: string }
  | { kind: "text"; word: string }
  | { kind: "no_access"; why: string };

const chip = (tone: Tone, shape: ShapeName, word: string): FreshnessLook => ({
  kind: "chip",
  tone,
  shape,
  word,
});

type Facts = Pick<ProductFreshnessView, "entities" | "state" | "granted"> &
  Partial<Pick<ProductFreshnessView, "lost" | "notOffered" | "stepStatus" | "stepOutcome">>;

interface Around {
  providerName: string;
  waitsForPerson: boolean;
}

type Clock = (instant: string | null) => string | null;

const refusals = new Set(["reauthenticate", "forbidden_scope", "insufficient_permissions", "setup_required"]);

/** The earliest of some instants. */
function earliest(
  entities: readonly EntityFreshnessView[],
  pick: (entity: EntityFreshnessView) => string | null,
) {
  return entities.flatMap((entity) => pick(entity) ?? []).sort()[0] ?? null;
}

function byAge({ state, entities }: Facts, at: Clock): FreshnessLook {
  const since = (instant: string | null) => (instant === null ? "" : ` since ${at(instant)}`);
  const bad = entities.filter((entity) => entity.state === state);
  const looks: Record<FreshnessState, () => FreshnessLook> = {
    fresh: () => chip("healthy", "check", "Up to date"),
    late: () => chip("attention", "clock", `Late${since(earliest(bad, ({ dueAt }) => dueAt))}`),
    failing: () =>
      chip("failing", "octagon", `Error at Finch${since(earliest(bad, ({ failingSince }) => failingSince))}`),
    unknown: () => chip("neutral", "dashed", "Read; Finch does not say how old"),
    never: () => chip("neutral", "open", "Not read yet"),
  };
  return looks[state]();
}

/** What stands in the way comes before the age: a refusal, a wait, a step that is at work. */
export function productLook(facts: Facts, around: Around, at: Clock): FreshnessLook {
  if (facts.lost) return { kind: "no_access", why: "It was shared before; reconnect and share it again" };
  if (!facts.granted) return { kind: "text", word: "not shared" };
  if (facts.notOffered) return { kind: "text", word: `not offered by ${around.providerName}` };
  if (facts.stepStatus === "running") return chip("waiting", "ring", "Arriving");
  if (facts.stepStatus === "waiting") return chip("waiting", "hourglass", "Waits for Finch");
  if (around.waitsForPerson && facts.state !== "fresh") return chip("neutral", "open", "Waits for sign-in");
  if (facts.stepStatus === "failed")
    return chip("failing", "octagon", refusals.has(facts.stepOutcome ?? "") ? "Refused" : "Last sync failed");
  return byAge(facts, at);
}

const results: Record<string, string> = {
  success: "worked",
  error: "failed",
  partial_error: "worked in part",
};

/** What came of Finch's last try at the provider. */
export const attemptWord = (result: string): string => results[result] ?? result;

/** Where now stands between the data and the next; null where the age is not known. */
export function ageLook(
  { asOf, dueAt, state }: EntityFreshnessView,
  now: string,
): { state: "fresh" | "late"; at: number } | null {
  if (asOf === null || dueAt === null) return null;
  const [from, due, at] = [asOf, dueAt, now].map((instant) => new Date(instant).getTime());
  if (from === undefined || due === undefined || at === undefined) return null;
  const share = (at - from) / Math.max(1, due - from);
  return { state: share >= 1 || state === "late" ? "late" : "fresh", at: Math.min(1, Math.max(0, share)) };
}

/** Of several companies the rows that stand below their product: all of them where asked, else those in trouble. */
export function entitiesToShow(
  entities: readonly EntityFreshnessView[],
  byCompany: boolean,
): readonly EntityFreshnessView[] {
  if (entities.length <= 1) return [];
  return byCompany ? entities : entities.filter(({ state }) => state !== "fresh");
}

/** Of several companies the one whose data is oldest, which stands for the product. */
export function oldestOf(entities: readonly EntityFreshnessView[]): EntityFreshnessView | undefined {
  return [...entities].sort((a, b) => (a.asOf ?? "").localeCompare(b.asOf ?? ""))[0];
}
