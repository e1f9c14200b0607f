/** What one variable alone does not show: rules of each mode (SECURITY 1, 15, 17). They take the raw values, so that they speak beside what is missing. */

export type Given = Readonly<Record<string, string | undefined>>;

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && loopbackHosts.has(new URL(url).hostname);
}

const databaseUrls = [
  "DATABASE_URL",
  "AUTH_DATABASE_URL",
  "WORKER_DATABASE_URL",
  "MIGRATION_DATABASE_URL",
] as const;

/** Whether nobody on the way can read or change what is said to the database: it is on this machine, or proves who it is. */
function isPrivateDatabase(url: string): boolean {
  if (isLoopbackUrl(url)) return true;
  if (!URL.canParse(url)) return false;
  const { hostname, searchParams } = new URL(url);
  return hostname === "" || searchParams.get("sslmode") === "verify-full";
}

const isLocalSandbox = (given: Given) =>
  isLoopbackUrl(given["FINCH_BASE_URL"] ?? "") && (given["FINCH_ENVIRONMENT"] ?? "sandbox") === "sandbox";

const oidcNames = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

/** Rules of both modes. */
export function sharedProblems(given: Given): string[] {
  const problems: string[] = [];
  for (const name of databaseUrls) {
    if (given[name] && !isPrivateDatabase(given[name]))
      problems.push(`${name} names another machine: add ?sslmode=verify-full`);
  }
  for (const name of ["FINCH_BASE_URL", "FINCH_CONNECT_URL", "OIDC_ISSUER"]) {
    const url = given[name];
    if (url && URL.canParse(url) && !url.startsWith("https://") && !isLoopbackUrl(url))
      problems.push(`${name} must be https`);
  }
  if (Number(given["QUOTA_CLOCK_RATE"] ?? 1) !== 1 && !isLocalSandbox(given))
    problems.push(
      "QUOTA_CLOCK_RATE must be 1: only an emulator on this machine (FINCH_BASE_URL, FINCH_ENVIRONMENT=sandbox) has a clock of its own",
    );
  const missing = oidcNames.filter((name) => !given[name]);
  if (missing.length < oidcNames.length)
    problems.push(...missing.map((name) => `${name} is missing: OIDC_* are set all together or not at all`));
  return problems;
}

/** Local mode holds no real data and is reached by nobody else. */
export function localProblems(given: Given, appUrl: string): string[] {
  const problems: string[] = [];
  if ((given["FINCH_ENVIRONMENT"] ?? "sandbox") !== "sandbox")
    problems.push("FINCH_ENVIRONMENT must be sandbox in local mode; set PERCH_MODE=server for real data");
  if (!isLoopbackUrl(appUrl)) problems.push("NEXTAUTH_URL must be loopback in local mode");
  return problems;
}

/** Variables that make a library print what people confided, or trust whoever answers. */
const forbidden: Record<string, string> = {
  FINCH_LOG: "it prints people's data",
  NEXTAUTH_DEBUG: "it prints sign-ins",
  AUTH_DEBUG: "it prints sign-ins",
  NODE_DEBUG: "it prints requests with their credentials",
};

export function serverProblems(given: Given, appUrl: string): string[] {
  const problems: string[] = [];
  for (const name of ["SMTP_URL", "AUDIT_SIGNING_KEYS", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"])
    if (!given[name]) problems.push(`${name} is missing`);
  for (const [name, why] of Object.entries(forbidden))
    if (given[name]) problems.push(`${name} is not allowed in server mode: ${why}`);
  if (given["NODE_TLS_REJECT_UNAUTHORIZED"] === "0")
    problems.push(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 is not allowed in server mode: anybody could pose as Finch",
    );
  if (given["NODE_ENV"] === "development")
    problems.push("NODE_ENV must be production in server mode: development loosens the content policy");
  if (!appUrl.startsWith("https://") && !isLoopbackUrl(appUrl)) problems.push("NEXTAUTH_URL must be https");
  if (isLoopbackUrl(given["FINCH_BASE_URL"] ?? "") && !isLocalSandbox(given))
    problems.push("FINCH_BASE_URL is a local sandbox, so FINCH_ENVIRONMENT must be sandbox");
  return [...problems, ...secretProblems(given)];
}

/** Values that everybody knows: of this repository, of its documents, and of the world. */
const knownSecrets = new Set([
  ...[
    "sandbox-secret",
    "secret",
    "password",
    "changeme",
    "change-me",
    "postgres",
    "perch",
    "…",
    "xxx",
    "test",
  ],
  ...["0123456789abcdef0123456789abcdef", "your-secret-here", "please-change-me"],
]);
const singleSecrets = ["NEXTAUTH_SECRET", "FINCH_CLIENT_SECRET", "OIDC_CLIENT_SECRET", "METRICS_TOKEN"];

/** Few different characters, or a word over and over: typed by hand to fill a length. */
const isRepeated = (value: string) =>
  value.length >= 8 && (new Set(value).size < 6 || /^(.{1,16}?)\1+$/.test(value));

function keyBytes(list: string | undefined): [string, Buffer][] {
  return (list ?? "").split(",").flatMap((entry) => {
    const [id, base64] = [entry.slice(0, entry.indexOf(":")), entry.slice(entry.indexOf(":") + 1)];
    return base64 ? [[id, Buffer.from(base64, "base64")] as [string, Buffer]] : [];
  });
}

/** 32 random bytes have about 30 different values; fewer than 16 was made by hand. */
const isHandmade = (key: Buffer) => key.length === 32 && (new Set(key).size < 16 || isText(key));
const isText = (key: Buffer) => key.every((byte) => byte >= 0x20 && byte < 0x7f);

function secretProblems(given: Given): string[] {
  const problems: string[] = [];
  for (const name of singleSecrets) {
    const value = given[name];
    if (!value) continue;
    if (knownSecrets.has(value.toLowerCase())) problems.push(`${name} is a known default`);
    else if (isRepeated(value)) problems.push(`${name} repeats a few characters: make a random one`);
  }
  for (const secret of (given["FINCH_WEBHOOK_SECRET"] ?? "").split(",").filter(Boolean))
    if (knownSecrets.has(secret.toLowerCase()) || secret.length < 16 || isRepeated(secret))
      problems.push("FINCH_WEBHOOK_SECRET is a known default or too short");
  for (const name of databaseUrls) {
    const url = given[name];
    if (!url || !URL.canParse(url)) continue;
    const { username, password } = new URL(url);
    if (password && (knownSecrets.has(password.toLowerCase()) || password === username))
      problems.push(`${name} has a known default as password`);
  }
  const actions = given["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"];
  const keys = [
    ...keyBytes(given["TOKEN_ENCRYPTION_KEYS"]).map(
      ([id, key]) => ["TOKEN_ENCRYPTION_KEYS", id, key] as const,
    ),
    ...keyBytes(given["AUDIT_SIGNING_KEYS"]).map(([id, key]) => ["AUDIT_SIGNING_KEYS", id, key] as const),
    ...(actions ? [["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "", Buffer.from(actions, "base64")] as const] : []),
  ];
  for (const [name, id, key] of keys)
    if (isHandmade(key))
      problems.push(`${name}${id && ` (${id})`} is no random key: openssl rand -base64 32`);
  for (const [index, [name, , key]] of keys.entries()) {
    const twin = keys.slice(0, index).find(([other, , bytes]) => other !== name && bytes.equals(key));
    if (twin) problems.push(`${name} and ${twin[0]} hold the same key: each needs its own`);
  }
  return problems;
}
