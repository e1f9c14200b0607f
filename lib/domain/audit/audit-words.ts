import { roleTable } from "@/lib/auth/permissions";
import { jobLabel } from "@/lib/domain/jobs/job-words";
import { formatDate } from "@/lib/format/dates";
import { formatCount, formatMoney } from "@/lib/format/money";

/** What each audited action is called, in a sentence that begins with who did it. */

/** A sentence in pieces; the target may be a link. */
export type Words = (string | { target: string })[];
type Details = Readonly<Record<string, unknown>>;

const roleLabels: Record<string, string> = Object.fromEntries(
  Object.entries(roleTable).map(([name, { label }]) => [name, label]),
);
const text = (details: Details, key: string): string => {
  const value = details[key];
  return typeof value === "string" ? value : "";
};
const role = (details: Details) => {
  const name = text(details, "role");
  return name ? `the role ${roleLabels[name] ?? name}` : "a role";
};
const rows = (details: Details, one: string, many: string) => {
  const count = details["rows"];
  return typeof count === "number" ? ` (${count.toLocaleString("en-US")} ${count === 1 ? one : many})` : "";
};
const kinds: Record<string, string> = {
  ssn: "SSN",
  account: "bank account number",
  account_number: "bank account number",
  routing: "routing number",
  routing_number: "routing number",
};
const sealed = (details: Details) => kinds[text(details, "kind")] ?? "sealed value";
/** Which of a company's bank accounts, in the order of its page. */
const account = ({ ordinal }: Details) => (typeof ordinal === "number" ? `, account ${ordinal + 1}` : "");
const day = (details: Details, key: string) => formatDate(text(details, key));
const days = (details: Details, key: string) => {
  const value = details[key];
  return Array.isArray(value) ? value.map((each) => formatDate(String(each))).join(", ") : "";
};
const item = (details: Details) => (text(details, "item") ? `“${text(details, "item")}”` : "without a name");
const methods: Record<string, string> = {
  email: "a mailed link",
  passkey: "a passkey",
  oidc: "the identity provider",
  totp: "an authenticator code",
  recovery: "a recovery code",
  recovery_code: "a recovery code",
};
const by = (details: Details) => {
  const method = methods[text(details, "method")];
  return method ? ` with ${method}` : "";
};

const tables: Record<string, string> = {
  payments: "payments",
  statements: "pay statements",
  awaited: "people without a pay statement",
  ytd: "year-to-date wages",
  ytd_lines: "lines of year-to-date wages",
  pay_items: "pay items",
  item_rules: "rules on pay items",
  documents: "tax forms",
  pay_groups: "pay groups",
  pay_group_members: "people of pay groups",
  pay_dates: "the pay calendar",
  box1_rules: "the rules of box 1",
  limits: "yearly limits",
  employees: "employees with access",
  links: "linked records",
  own_statements: "their own pay statements",
};
const tableName = (details: Details) => tables[text(details, "kind")] ?? "a table of payroll";

/** `{target}` stands for what it was done to. */
const sentences: Record<string, string | ((details: Details) => string)> = {
  "connection.start": "began to connect a provider",
  "connection.connect": "connected {target}",
  "connection.reconnect": "reconnected {target}",
  "connection.repair": "began to reconnect {target}",
  "connection.refuse": "was refused while connecting a provider",
  "connection.sync": "asked {target} for a sync",
  "connection.cancel_sync": "stopped a sync of {target}",
  "connection.accept_hold": (details) =>
    `accepted that data of {target} is gone at Finch${rows(details, "row", "rows")}`,
  "connection.disconnect": "disconnected {target}",
  "connection.delete_data": "deleted the data of {target}, whose time after disconnecting was over",
  "directory.export": (details) => `exported the directory${rows(details, "person", "people")}`,
  "payroll.export": (details) => `exported ${tableName(details)}${rows(details, "row", "rows")}`,
  "payroll.export_changes": (details) =>
    `took the changes of ${tableName(details)} since their last export${rows(details, "row", "rows")}`,
  "payroll.export_finished": (details) => `took all of ${tableName(details)}${rows(details, "row", "rows")}`,
  "payroll.export_stopped": (details) =>
    `did not finish an export of ${tableName(details)}${rows(details, "row", "rows")}`,
  "pay_statement.export": (details) =>
    `took along a pay statement of {target}${text(details, "payDate") ? `, paid on ${text(details, "payDate")}` : ""}`,
  "audit.export": (details) => `exported the audit${rows(details, "entry", "entries")}`,
  "audit.prune": (details) =>
    `deleted audit entries past their retention${rows(details, "entry", "entries")}`,
  "audit.sign": (details) =>
    `noted the signed heads of ${formatCount(Array.isArray(details["heads"]) ? details["heads"].length : 0, "employer", "employers")}`,
  "audit.erase": (details) => `erased what the audit said of {target}${rows(details, "entry", "entries")}`,
  "customer.create": "created {target}",
  "role.grant": (details) => `gave {target} ${role(details)}`,
  "role.revoke": (details) => `took ${role(details)} from {target}`,
  "invitation.send": "invited the person behind {target} to their own pages",
  "invitation.revoke": "took back the invitation for {target}",
  "invitation.accept": "accepted the invitation to the own pages of {target}",
  "document.sync": (details) => `asked {target} for W-4 forms${rows(details, "person", "people")}`,
  "document.stop_sync": "stopped asking {target} for W-4 forms",
  "pay_calendar.enter": (details) => `entered the pay date ${day(details, "payDate")}`,
  "pay_calendar.change": (details) =>
    text(details, "before") === text(details, "payDate")
      ? `changed the pay date ${day(details, "payDate")}`
      : `moved the pay date ${day(details, "before")} to ${day(details, "payDate")}`,
  "pay_calendar.remove": (details) => `took the pay date ${day(details, "payDate")} out of the calendar`,
  "pay_calendar.skip": (details) => `said that no payroll is run for ${day(details, "payDate")}`,
  "pay_calendar.confirm": (details) =>
    `confirmed expected pay dates of {target}: ${days(details, "payDates")}`,
  "opening_balance.enter": (details) =>
    `entered an opening balance of ${text(details, "year")} for {target}, up to ${day(details, "throughDate")}`,
  "opening_balance.change": (details) => `changed an opening balance of ${text(details, "year")} of {target}`,
  "opening_balance.remove": (details) =>
    `took an opening balance of ${text(details, "year")} of {target} out again`,
  "individual_link.confirm": "confirmed that {target} and another record are one person",
  "individual_link.dismiss": "said that {target} and another record are two people",
  "individual_link.undo": "took back a decision on the records of {target}",
  "limit.confirm": (details) =>
    `entered the yearly limit ${text(details, "limit")} of ${text(details, "year")}`,
  "item.classify": (details) => `gave the pay item ${item(details)} the type ${text(details, "type")}`,
  "item.reclassify": (details) =>
    `changed the type of the pay item ${item(details)} to ${text(details, "type")}`,
  "item.unclassify": (details) =>
    `took the type ${text(details, "type")} from the pay item ${item(details)} again`,
  "item_rule.create": "asked Finch for a rule on pay items of {target}",
  "item_rule.update": "asked Finch to change a rule on pay items of {target}",
  "item_rule.delete": "asked Finch to take away a rule on pay items of {target}",
  "account.recover": "reset the second factor of {target} and ended all sessions",
  "sealed_value.reveal": (details) => `revealed the ${sealed(details)} of {target}${account(details)}`,
  "sealed_value.break_glass": (details) =>
    `revealed the ${sealed(details)} of {target} as staff (break-glass)`,
  "sealed_value.refused": "was refused a sealed value",
  "reveal.limit": "reached the limit of revealed values",
  "user.sign_in": (details) => `signed in${by(details)}`,
  "session.end": "ended a session",
  "session.end_all": "ended all other sessions",
  "session.step_up": (details) => `confirmed who they are${by(details)}`,
  "factor.add": "added {target}",
  "factor.remove": "removed {target}",
  "factor.rename": "renamed {target}",
  "factor.copy_suspected": "used {target} that may have been copied",
  "recovery_code.renew": "made new recovery codes",
  "recovery_code.use": "used a recovery code",
  "job.retry": (details) =>
    `started failed work again: ${jobLabel(text(details, "job"))}${rows(details, "job", "jobs")}`,
  "keys.rotate": "sealed everything again with another key",
  "installation.quarantine": "put the installation in quarantine after a restore",
  "installation.confirm_restore": "confirmed the restored installation",
};

/** Groups of the filter, by the first part of an action. */
export const auditGroups = {
  connections: { label: "Connections", prefixes: ["connection"] },
  values: { label: "Revealed values", prefixes: ["sealed_value", "reveal"] },
  exports: { label: "Exports", prefixes: ["directory", "payroll", "pay_statement"] },
  payroll: {
    label: "Payroll",
    prefixes: ["pay_calendar", "item", "item_rule", "limit", "opening_balance", "individual_link"],
  },
  team: { label: "Team and roles", prefixes: ["role", "account", "invitation"] },
  employer: { label: "Employer", prefixes: ["customer"] },
  sign_in: { label: "Sign-in and second factors", prefixes: ["user", "session", "factor", "recovery_code"] },
  installation: { label: "Installation", prefixes: ["installation", "keys", "job"] },
  audit: { label: "The audit itself", prefixes: ["audit"] },
} as const;
export type AuditGroup = keyof typeof auditGroups;

/** What a target is called where it has no name of its own. */
export const targetTypes: Record<string, string> = {
  connection: "a connection",
  connect_session: "an attempt to connect",
  individuals: "a person of the directory",
  companies: "the company",
  user: "an account",
  customer: "the employer",
  pay_group: "a pay group",
  pay_calendar_entry: "a pay date",
  sealed_values: "a sealed value",
  passkey: "a passkey",
  totp_factor: "an authenticator app",
  session: "a session",
  audit_log: "the audit",
  installation: "the installation",
  job: "a job",
  item: "a pay item",
  limit: "a yearly limit",
};

/** The sentence of an action. An action without one is told by its own name: nothing is left out. */
export function auditWords(action: string, details: Details | null, target: string): Words {
  const sentence = Object.hasOwn(sentences, action) ? sentences[action] : undefined;
  const said =
    sentence === undefined
      ? `${action.replaceAll(/[._]/g, " ")}: {target}`
      : typeof sentence === "string"
        ? sentence
        : sentence(details ?? {});
  const [before = "", after] = said.split("{target}");
  return after === undefined ? [before] : [before, { target }, after].filter((part) => part !== "");
}

/** The sentence as text, for files. */
export function plainWords(words: Words): string {
  return words.map((part) => (typeof part === "string" ? part : part.target)).join("");
}

const detailLabels: Record<string, string> = {
  rows: "Rows",
  role: "Role",
  reason: "Reason",
  kind: "Kind",
  problem: "Problem",
  name: "Name",
  email: "Email",
  method: "Method",
  browser: "Browser",
  os: "System",
  newBrowser: "New browser",
  left: "Codes left",
  count: "How many",
  ip: "Network address",
  upTo: "Up to entry",
  limit: "Limit",
  amountCents: "Amount",
  sessions: "Sessions ended",
  filter: "Filter",
  job: "Job",
  connectionId: "For the connection",
  individualId: "For the person",
  invitationId: "Invitation",
  proof: "Proven by",
};

export interface DetailLine {
  label: string;
  value: string;
  /** The sentence says it already. */
  said: boolean;
}

const said = new Set([
  "role",
  "rows",
  "job",
  "kind",
  "ordinal",
  "method",
  "name",
  "connectionId",
  "individualId",
]);

/** Details as label and value, in the order of their labels. */
export function detailLines(details: Details): DetailLine[] {
  return (
    Object.entries(details)
      // Hashes of heads are for audit:verify.
      .filter(([key, value]) => value !== null && value !== "" && key !== "heads")
      .map(([key, value]) => ({
        label:
          detailLabels[key] ??
          key
            .replaceAll("_", " ")
            .replace(/([a-z])([A-Z])/g, "$1 $2")
            .toLowerCase()
            .replace(/^./, (first) => first.toUpperCase()),
        value:
          key === "role"
            ? (roleLabels[String(value)] ?? String(value))
            : (amountText(details, key) ?? valueText(value)),
        said: said.has(key),
      }))
  );
}

/** Amounts are kept in minor units, and as they were before; null for what is no amount. */
function amountText(details: Details, key: string): string | null {
  const [currency, amount] = [text(details, "currency"), text(details, key)];
  if (!currency || !/^(amountCents|before)$/.test(key) || !/^-?\d+$/.test(amount)) return null;
  return formatMoney(BigInt(amount), currency);
}

function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return JSON.stringify(value);
}
