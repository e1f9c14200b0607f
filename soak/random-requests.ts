import { startStand } from "@/bench/lib/stand";
import { createTestUser } from "@/db/seed/factories";
import { addressOf, builtActions, pagePatterns, routeMethods } from "@/e2e/http/discover";
import { roleTable, type Role } from "@/lib/auth/permissions";
import {
  createWorld,
  permissionOf,
  shapesOf,
  type Person,
  type World,
} from "@/lib/domain/rights/world/testing";
import { bombard } from "./bombard";
import type { Visitor } from "./requests";
import type { SoakResult } from "./result";

/** The place of staff among the employers of the world. */
const platform = -1;

/** What somebody with one role may never see, in every shape. */
function forbiddenTo(world: World, role: Role | null, customer: number, self?: Person): string[] {
  const held = role ? roleTable[role].permissions : [];
  return world.planted
    .filter(({ kind, person, ...planted }) => {
      if (self && person === self) return false;
      // Staff know names: break-glass is about a person.
      if (role?.startsWith("staff") && kind === "name") return false;
      return planted.customer !== customer || !held.includes(permissionOf[kind]);
    })
    .flatMap(({ value }) => shapesOf(value));
}

/**
 * Random requests against the production web server: no answer is a 500, none holds a stack trace or a value of
 * somebody else, and the process is still there at the end.
 */
export async function randomRequests({ count, seed }: { count: number; seed: number }): Promise<SoakResult> {
  const stand = await startStand();
  try {
    const world = await createWorld(stand.sql);
    const [employee] = world.people;
    const visitor = async (name: string, role: Role | null, customer: number): Promise<Visitor> => {
      const self = role === "employee" ? employee : undefined;
      const forbidden = forbiddenTo(world, role, customer, self);
      if (!role) return { name, cookie: null, forbidden };
      const connectionId = self ? world.connections[self.connection]?.id : undefined;
      const user = await createTestUser(stand.sql, {
        role,
        ...(customer < 0 ? {} : { customerId: world.customers[customer] ?? "" }),
        ...(self ? { individualId: self.individualId, connectionId: connectionId ?? null } : {}),
      });
      const renew = () => stand.cookieOf(user.id);
      return { name, cookie: await renew(), renew, forbidden };
    };
    const visitors = await Promise.all([
      visitor("an admin", "employer_admin", 0),
      visitor("another employer's admin", "employer_admin", 1),
      visitor("a viewer", "hr_viewer", 0),
      visitor("an employee", "employee", 0),
      visitor("staff", "staff_admin", platform),
      visitor("support", "staff_support", platform),
      visitor("nobody", null, platform),
    ]);
    const places = world.people.map(({ customer, connection, individualId }) => ({
      customerId: world.customers[customer] ?? "",
      connectionId: world.connections[connection]?.id ?? "",
      individualId,
      id: individualId,
    }));
    const patterns = [...pagePatterns(), ...Object.keys(routeMethods())];
    const paths = [
      ...new Set(patterns.flatMap((pattern) => places.map((place) => addressOf(pattern, place)))),
    ];
    const actions = builtActions().flatMap(({ id, page }) =>
      places.map((place) => ({ id, path: addressOf(page, place), input: place })),
    );
    const onProgress = (sent: number) => process.stderr.write(`\r${sent} of ${count} requests`);
    const { sent, statuses, findings } = await bombard(
      { url: stand.url, paths, actions, visitors },
      { count, seed, onProgress },
    );
    for (const finding of findings.slice(0, 30)) process.stderr.write(`\n${finding}`);
    const answered = Object.fromEntries(
      Object.entries(statuses).map(([status, n]) => [`status ${status}`, n]),
    );
    return {
      soak: "random-requests",
      pass: findings.length === 0 && sent === count,
      detail: { count, seed, findings: findings.length, ...answered },
    };
  } finally {
    await stand.stop();
  }
}
