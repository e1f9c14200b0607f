import { accessSync, constants } from "node:fs";
import { commandPlan, withEnvironment } from "../lib/command-environment";
import { checkConfiguration } from "../lib/doctor/configuration";
import { checkDatabases } from "../lib/doctor/database";
import { checkExposure, checkListeners } from "../lib/doctor/exposure";
import {
  check,
  ok,
  printFindings,
  redactor,
  warning,
  wordsOf,
  wrong,
  type Finding,
} from "../lib/doctor/finding";
import { checkKeyrings } from "../lib/doctor/keys";
import { checkClocks, checkFinch, checkIdentityProvider, checkMail } from "../lib/doctor/outside";
import { root, type Plan } from "../lib/local-environment";
import { isPortFree } from "../lib/net";
import { bold, green, red } from "../lib/terminal";

/** Says what is misconfigured and how to mend it, never a secret. @returns 1 when something is wrong */
export async function doctor(): Promise<number> {
  const all: Finding[] = [];
  const report = (title: string, findings: Finding[]) => {
    if (findings.length > 0) console.log(`\n${bold(title)}`);
    printFindings(findings, redactor(process.env));
    all.push(...findings);
  };
  try {
    const { plan, supervisor } = commandPlan();
    report("Where and how", [
      ok(`Node ${process.versions.node}`),
      ok(`${plan.mode} mode, ${plan.appUrl}`),
      ...(plan.mode === "local" ? [folder(plan), ...(supervisor ? [] : await ports(plan))] : []),
      ...(supervisor ? [ok(`running at ${supervisor.where}, process ${supervisor.pid}`)] : []),
    ]);
    await withEnvironment(() => examine(report));
  } catch (error) {
    report("The check itself", [wrong(wordsOf(error), "Mend this first, then ask again.")]);
  }
  const count = all.filter(({ state }) => state === "wrong").length;
  console.log(count === 0 ? green("\nNothing is wrong.") : red(`\n${count} to mend.`));
  return count === 0 ? 0 : 1;
}

async function examine(report: (title: string, findings: Finding[]) => void): Promise<void> {
  const { env, findings } = checkConfiguration(root, process.env);
  report("Configuration", findings);
  report("Database", await check("the database", () => checkDatabases(root, process.env)));
  // The others read the configuration through env(), which a wrong one stops.
  if (!env) return;
  report("Keys", await check("keys", () => checkKeyrings(env)));
  const [finch, mail, oidc, clocks] = await Promise.all([
    check("Finch", () => checkFinch(env)),
    check("mail", () => checkMail(env)),
    check("the identity provider", () => checkIdentityProvider(env)),
    check("clocks", () => checkClocks(env)),
  ]);
  report("Outside", [...finch, ...mail, ...oidc, ...clocks]);
  report("What is exposed", [
    ...(await check("what is exposed", () => checkExposure(env))),
    ...checkListeners(env),
  ]);
}

function folder({ dataDir }: Plan): Finding {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK);
    return ok(`data folder ${dataDir}`);
  } catch {
    return warning(
      `data folder ${dataDir} is not there or not writable`,
      "npm start makes it; or set DATA_DIR.",
    );
  }
}

async function ports(plan: Plan): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, port] of [
    ["PORT", plan.port],
    ["SANDBOX_PORT", plan.sandboxPort],
  ] as const) {
    if (await isPortFree(port)) continue;
    findings.push(
      warning(`port ${port} is taken`, `Start with another one: ${name}=${port + 100} npm start`),
    );
  }
  return findings;
}
