import { startStand } from "@/bench/lib/stand";
import { createTestUser } from "@/db/seed/factories";
import { addressOf, builtActions, pagePatterns, routeMethods } from "@/e2e/http/discover";
import { createWorld } from "@/lib/domain/rights/testing";
import { bombard } from "./bombard";
import type { Visitor } from "./requests";
import type { SoakResult } from "./result";

/**
 * Random requests against the production web server: no answer is a 500, none holds a stack trace or a value of
 * somebody else, and the process is still there at the end.
 */
export async function randomRequests({ count, seed }: { count: number; seed: number }): Promise<SoakResult> {
  const stand = await startStand();
  try {
    const world = await createWorld(stand.sql);
    const values = (customers: readonly number[]) =>
      world.people
        .filter(({ customer }) => customers.includes(customer))
        .flatMap((person) => Object.values(person.values));
    const visitor = async (name: string, role: string | null, customer: number | null): Promise<Visitor> => {
      const customerId = customer === null ? undefined : world.customers[customer];
      const user = role && (await createTestUser(stand.sql, { role, ...(customerId ? { customerId } : {}) }));
      const forbidden = values(customer === null ? [0, 1] : [1 - customer]);
      // Staff know names.
      const isName = (value: string) => value.startsWith("Last");
      if (!user) return { name, cookie: null, forbidden };
      const renew = () => stand.cookieOf(user.id);
      return {
        name,
        cookie: await renew(),
        renew,
        forbidden: customer === null ? forbidden.filter((value) => !isName(value)) : forbidden,
      };
    };
    const visitors = await Promise.all([
      visitor("an admin", "employer_admin", 0),
      visitor("another employer's admin", "employer_admin", 1),
      visitor("a viewer", "hr_viewer", 0),
      visitor("staff", "staff_admin", null),
      visitor("support", "staff_support", null),
      visitor("nobody", null, null),
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
