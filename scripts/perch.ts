import { bold, columns, dim } from "./lib/terminal";
import { runMain } from "./lib/user-error";

interface Command {
  summary: string;
  /** Loaded when it runs, so that each command starts fast. */
  load: () => Promise<(args: string[]) => Promise<number>>;
}

const commands: Record<string, Command> = {
  doctor: {
    summary: "checks configuration, rights, keys, Finch, mail and what is exposed, and says how to mend it",
    load: async () => (await import("./commands/doctor")).doctor,
  },
  seed: {
    summary: "local mode: sets up the demo employers in a running copy",
    load: async () => (await import("./commands/seed")).seed,
  },
  "customer:create": {
    summary: "creates an employer: <name> [--time-zone America/New_York]",
    load: async () => (await import("./commands/customer-create")).customerCreate,
  },
  "user:grant": {
    summary: "gives a role: <address> <role> <employer's id or exact name> [--name …]",
    load: async () => (await import("./commands/user-grant")).userGrant,
  },
  "user:recover": {
    summary: "removes somebody's second factors and ends all sessions: <address>",
    load: async () => (await import("./commands/user-recover")).userRecover,
  },
  "staff:add": {
    summary: "gives a staff role to a person of the identity provider: <issuer> <subject> <role> [--name …]",
    load: async () => (await import("./commands/staff-add")).staffAdd,
  },
  "audit:verify": {
    summary:
      "checks every audit chain from its beginning (--customer <id>, --heads <file with logged heads>)",
    load: async () => (await import("./commands/audit-verify")).auditVerify,
  },
  "keys:rotate": {
    summary:
      "seals everything again with the first encryption key, while Perch runs (--wrap-only: data keys only)",
    load: async () => (await import("./commands/keys-rotate")).keysRotate,
  },
  "keys:add": {
    summary: "local mode: makes a new active token encryption key",
    load: async () => (await import("./commands/keys-add")).keysAdd,
  },
  "restore:begin": {
    summary:
      "before the start of a database restored to a point in time: voids sessions, holds mail and disconnects",
    load: async () => (await import("./commands/restore")).restoreBegin,
  },
  "restore:confirm": {
    summary: "after looking at a restored copy: lets mail and disconnects go on",
    load: async () => (await import("./commands/restore")).restoreConfirm,
  },
};

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (!name || ["help", "--help", "-h"].includes(name)) {
    console.log(help());
    return 0;
  }
  const command = commands[name];
  if (!command) {
    console.error(`There is no command "${name}".\n\n${help()}`);
    return 1;
  }
  return (await command.load())(args);
});

function help(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [`  ${bold(name)}`, summary]);
  const note = "Locally they work on DATA_DIR (.data), running or not; on a server with its environment.";
  return [`npm run perch -- <command>`, "", ...columns(rows), "", dim(note)].join("\n");
}
