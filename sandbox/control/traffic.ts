import { readJson, type Mount } from "@/sandbox/control/mount";
import { notFound } from "@/sandbox/errors";
import { FaultInput, type Fault } from "@/sandbox/faults";
import { parseInput, readCount } from "@/sandbox/validate";

/** A fault as it is shown: the token is known to whoever ordered it. */
function viewFault({ tokenHash, ...fault }: Fault) {
  return { ...fault, for_one_token: tokenHash !== null };
}

/** What was received, and what is to go wrong. */
export function mountTraffic({ app, desk, guarded }: Mount): void {
  const { faults, log } = desk;
  app.get(
    "/_sandbox/requests",
    guarded((c) => log.after(readCount(new URL(c.req.url).searchParams, "after", 0))),
  );
  app.get(
    "/_sandbox/requests/:seq",
    guarded((c) => {
      const found = log.find(Number(c.req.param("seq")));
      if (!found) throw notFound("No such request is kept");
      return found;
    }),
  );
  app.delete(
    "/_sandbox/requests",
    guarded(() => (log.clear(), { cleared: true })),
  );
  app.get(
    "/_sandbox/faults",
    guarded(() => faults.list().map(viewFault)),
  );
  app.post(
    "/_sandbox/faults",
    guarded(async (c) => viewFault(faults.add(parseInput(FaultInput, await readJson(c))))),
  );
  app.delete(
    "/_sandbox/faults",
    guarded(() => (faults.clear(), { cleared: true })),
  );
  app.delete(
    "/_sandbox/faults/:id",
    guarded((c) => {
      if (!faults.remove(Number(c.req.param("id")))) throw notFound("No such fault is ordered");
      return { cleared: true };
    }),
  );
}
