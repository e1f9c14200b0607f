import type { Context } from "@/lib/domain/context";

/** Who stands beside an entry of the timeline, by the name they had then. */
export function eventActor(ctx: Context): {
  actorKind: string;
  actorUserId: string | null;
  actorName: string;
} {
  const { actor } = ctx;
  return actor.kind === "user"
    ? {
        actorKind: "user",
        actorUserId: actor.userId,
        actorName: actor.name ?? actor.email.split("@")[0] ?? "Someone",
      }
    : { actorKind: actor.kind, actorUserId: null, actorName: actor.name };
}
