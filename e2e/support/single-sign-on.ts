import { spawn } from "node:child_process";
import { startTestIssuer, type TestIssuer } from "@/lib/auth/oidc/testing";
import { runningCopy } from "@/e2e/fixtures/copy";
import { readKeptPort } from "@/scripts/lib/embedded-postgres";
import { completeEnvironment, planFrom, root } from "@/scripts/lib/local-environment";
import { findFreePort } from "@/scripts/lib/net";
import { waitUntil } from "@/scripts/lib/processes";
import { loadSecrets } from "@/scripts/lib/secrets";

/** A second web process over the running copy's database, with an identity provider that the story plays. */
export interface SingleSignOn {
  appUrl: string;
  issuer: TestIssuer;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

export async function startSingleSignOn(): Promise<SingleSignOn> {
  const { dataDir, sandboxUrl } = runningCopy();
  const port = await findFreePort();
  const plan = planFrom({ DATA_DIR: dataDir, PORT: String(port), SANDBOX_PORT: new URL(sandboxUrl).port });
  const issuer = await startTestIssuer(plan.appUrl);
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/web.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...completeEnvironment(plan, loadSecrets(dataDir), readKeptPort(dataDir)),
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      OIDC_ISSUER: issuer.issuer,
      OIDC_CLIENT_ID: issuer.clientId,
      OIDC_CLIENT_SECRET: issuer.clientSecret,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const isUp = () =>
    fetch(`${plan.appUrl}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  const stop = async () => {
    child.kill("SIGTERM");
    await issuer.close();
  };
  if (await waitUntil(async () => child.exitCode !== null || (await isUp()), startTimeoutMs, 100)) {
    if (child.exitCode === null) return { appUrl: plan.appUrl, issuer, stop };
  }
  await stop();
  throw new Error(`The web process with an identity provider did not get ready:\n${output}`);
}
