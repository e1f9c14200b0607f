import type { LocalDatabase } from "./local-database";
import type { Plan } from "./local-environment";
import type { ManagedChild } from "./managed-child";
import { loopback } from "./net";
import { bold, columns, cyan, dim, frame, green, yellow } from "./terminal";

const accounts = [
  ["admin@acme.test", "employer admin", "Acme Inc., connected to Gusto"],
  ["payroll@acme.test", "payroll manager", "Acme Inc."],
  ["viewer@acme.test", "HR viewer", "Acme Inc., without pay"],
  ["employee@acme.test", "employee", "their own record"],
  ["admin@globex.test", "employer admin", "Globex, not connected yet"],
  ["peo@perch.test", "two employers", "pay at Acme Inc., HR at Initech"],
  ["staff@perch.test", "staff admin", "all employers"],
  ["support@perch.test", "staff support", "connections and health"],
];

export interface StartFacts {
  plan: Plan;
  database: LocalDatabase;
  children: ManagedChild[];
  dev: boolean;
  demo: "ready" | "failed" | "none";
}

/** The one table that the start prints: what runs where, and who can sign in. */
export function startTable({ plan, database, children, dev, demo }: StartFacts): string {
  const pid = (name: string) =>
    dim(`process ${children.find((child) => child.spec.name === name)?.pid ?? "?"}`);
  const seconds = (performance.now() / 1000).toFixed(1);
  const mail = plan.given["SMTP_URL"] ? ["Mail", "through SMTP_URL", ""] : null;
  const running = columns([
    [bold("Dashboard"), cyan(bold(plan.appUrl)), `${pid("web")}${dev ? yellow("  hot reload") : ""}`],
    mail ?? [bold("Mailbox"), cyan(`${plan.appUrl}/dev/mailbox`), dim("sign-in mails arrive here")],
    ...(demo === "ready"
      ? [[bold("Codes"), cyan(`${plan.appUrl}/dev/authenticator`), dim("the demo accounts’ second factor")]]
      : []),
    plan.sandbox
      ? [
          bold("Finch"),
          `http://${loopback}:${plan.sandboxPort}`,
          `${pid("sandbox")}  emulator of API and Connect`,
        ]
      : [
          bold("Finch"),
          plan.given["FINCH_BASE_URL"] ?? "https://api.tryfinch.com",
          dim("sandbox environment"),
        ],
    [bold("Worker"), "syncs, mail, retention", pid("worker")],
    database.server
      ? [
          bold("Postgres"),
          `${loopback}:${database.server.port}`,
          dim(`process ${database.server.pid}  embedded`),
        ]
      : [
          bold("Postgres"),
          new URL(database.variables["DATABASE_URL"] ?? "postgres://").host,
          dim("DATABASE_URL"),
        ],
    [bold("Data"), plan.dataDir, dim("database, secrets, mail, logs")],
  ]);
  const head = `${bold("Perch")}  ${green("ready")} in ${seconds} s  ${dim("·")}  local mode, Finch sandbox`;
  return frame(head, [
    running,
    ...demoSection(demo),
    [dim("Ctrl-C stops all of it. npm run perch -- doctor checks it.")],
  ]);
}

function demoSection(demo: StartFacts["demo"]): string[][] {
  if (demo === "none") return [];
  if (demo === "failed") return [[yellow("The demo data is not there. npm run perch -- seed tries again.")]];
  const rows = accounts.map(([mail = "", role = "", sees = ""]) => [mail, role, dim(sees)]);
  return [[`${bold("Sign in")} with one of these; the link arrives in the mailbox.`, "", ...columns(rows)]];
}
