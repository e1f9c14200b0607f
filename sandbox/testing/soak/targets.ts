import type { RunningSandbox } from "@/sandbox/server";
import type { Targets } from "@/sandbox/testing/soak/shots";
import { basicAuthorization, createCompany, type Company } from "@/sandbox/testing/walk/companies";
import type { Hearer } from "@/sandbox/testing/walk/judge";
import { kinds } from "@/sandbox/testing/walk/kinds";
import { stops } from "@/sandbox/testing/walk/stops";
import { setStatus } from "@/sandbox/testing/walk/walk-states";

/** Takes every answer: what is right is not the question here. */
const indifferent: Hearer = { hear: () => undefined, add: () => undefined, isLenient: () => true };

/** Lets good requests find the ids that later ones need. */
async function gatherFacts({ walker, facts }: Company): Promise<void> {
  for (const { operation, note, send, keep } of stops) {
    if (!keep) continue;
    const { status, body } = await walker.send({ operation, note, ...send?.(facts) });
    if (status < 300) Object.assign(facts, keep(body));
  }
}

/** Connections of every kind, one of them with a dead token and one that waits, and every route of the app. */
export async function setTargets({ sandbox }: RunningSandbox): Promise<Targets> {
  const now = sandbox.world.clock.now();
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const companies: Company[] = [];
  // The first waits and the second is dead, so there is one more of each of their kinds.
  for (const kind of [...kinds.slice(0, 2), ...kinds]) {
    const company = await createCompany(sandbox, indifferent, kind);
    Object.assign(company.facts, {
      from: day(now - 90 * 86_400_000),
      to: day(now),
      customer: "known",
      code: "x",
    });
    await setStatus(company, "connected");
    await gatherFacts(company);
    companies.push(company);
  }
  const [first, second] = companies;
  if (first) await setStatus(first, "processing");
  await second?.walker.send({ operation: "POST /disconnect", note: "a dead token" });
  return {
    basic: basicAuthorization,
    companies: companies.map(({ token, facts }) => ({ authorization: `Bearer ${token}`, facts })),
    routes: sandbox.app.routes.map(({ method, path }) => ({ method, path })),
  };
}
