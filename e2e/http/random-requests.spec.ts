import { createSession, expect, runningCopy, test } from "@/e2e/support";
import { shapesOf } from "@/lib/domain/rights/world/testing";
import { bombard } from "@/soak/bombard";
import type { Visitor } from "@/soak/requests";
import { addressOf, builtActions, pagePatterns, routeMethods } from "./discover";
import { forbiddenTo } from "./expected";
import { createHttpWorld } from "./world";

/** A short run of the long proof, npm run soak -- random-requests. Other seeds are for that one: this one repeats. */
const seed = 20_261_122;

test("500 random requests: no 500, no stack trace, nothing of somebody else, and the server is still there", async () => {
  test.setTimeout(180_000);
  const world = await createHttpWorld();
  const visitors = world.subjects
    .filter(({ name }) => ["admin", "hr", "limited", "employee", "nobody", "disabled"].includes(name))
    .map((subject): Visitor => {
      const { name, cookie, userId } = subject;
      const renew = async () => {
        const session = await createSession(userId ?? "");
        return `${session.name}=${session.value}`;
      };
      const forbidden = forbiddenTo(world, subject).flatMap(({ value }) => shapesOf(value));
      return { name, cookie, forbidden, ...(userId ? { renew } : {}) };
    });
  const targets = Object.values(world.targets).map((target) => ({ ...target, id: target.individualId }));
  const patterns = [...pagePatterns(), ...Object.keys(routeMethods())];
  const { sent, findings } = await bombard(
    {
      url: runningCopy().url,
      visitors,
      paths: [...new Set(patterns.flatMap((pattern) => targets.map((target) => addressOf(pattern, target))))],
      actions: builtActions().flatMap(({ id, page }) =>
        targets.map((target) => ({ id, path: addressOf(page, target), input: target })),
      ),
    },
    { count: 500, seed },
  );
  expect(findings, `seed ${seed}`).toEqual([]);
  expect(sent).toBe(500);
});
