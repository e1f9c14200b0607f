import type { SandboxApp } from "@/sandbox/app";
import { mountBenefitOutcomes } from "@/sandbox/control/benefit-outcomes";
import { mountCompanies } from "@/sandbox/control/companies";
import { mountCases } from "@/sandbox/control/cases";
import { mountConnections } from "@/sandbox/control/connections";
import { mountEvents } from "@/sandbox/control/events";
import { toMount } from "@/sandbox/control/mount";
import { mountTime } from "@/sandbox/control/time";
import { mountTraffic } from "@/sandbox/control/traffic";
import { mountWebhooks } from "@/sandbox/control/webhooks";
import type { Desk } from "@/sandbox/dispatch";

/** Control for tests and demos: `/_sandbox/*`. Not part of Finch. */
export function mountControl(app: SandboxApp, desk: Desk): void {
  // Open to everybody who can reach the port: it says nothing but that the sandbox runs.
  app.get("/_sandbox/health", (c) => c.json({ status: "ok" }));
  const mount = toMount(app, desk);
  mountTime(mount);
  mountTraffic(mount);
  mountConnections(mount);
  mountCompanies(mount);
  mountBenefitOutcomes(mount);
  mountEvents(mount);
  mountCases(mount);
  mountWebhooks(mount);
}
