import { readFileSync } from "node:fs";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { listCustomerIds } from "@/db/repositories/customer-ids";
import { findCustomerNames } from "@/db/repositories/audit-names";
import { auditSigner, type AuditSigner } from "@/lib/crypto/audit-signing";
import { checkChain, type ChainCheck } from "@/lib/domain/audit/check-chain";
import { problemText } from "@/lib/domain/audit/chain-state";
import {
  compareHeads,
  readLoggedHeads,
  type KnownHead,
  type LoggedHead,
} from "@/lib/domain/audit/compare-heads";
import { listHeadsOfPlatform } from "@/lib/domain/audit/note-heads";
import { platformCustomerId, workerContext, workerPlatformContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { withEnvironment } from "../lib/command-environment";
import { dim, green, red, yellow } from "../lib/terminal";
import { UserError } from "../lib/user-error";

interface Options {
  /** One employer; all chains where left out. */
  customerId: string | null;
  heads: LoggedHead[];
}

/**
 * Checks audit chains from their beginning: `--customer <id>` one of them, `--heads <file>` also against the heads
 * that the worker logged when it signed them. Changes nothing. @returns 1 where a chain does not verify
 */
export function auditVerify(args: string[]): Promise<number> {
  const options = readOptions(args);
  return withEnvironment(async () => {
    const { WORKER_DATABASE_URL: url } = env();
    if (!url) throw new UserError("WORKER_DATABASE_URL is missing: chains are read with the worker's login.");
    const signer = auditSigner();
    if (!signer)
      throw new UserError("AUDIT_SIGNING_KEYS is missing: without it signatures cannot be checked.");
    await configureDatabase({ url, max: 2 });
    try {
      return await verifyAll(options, signer);
    } finally {
      await closeDatabase();
    }
  });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function readOptions(args: readonly string[]): Options {
  const options: Options = { customerId: null, heads: [] };
  for (let at = 0; at < args.length; at += 2) {
    const [name = "", value] = args.slice(at, at + 2);
    if (value === undefined || (name !== "--customer" && name !== "--heads"))
      throw new UserError("Usage: npm run perch -- audit:verify [--customer <id>] [--heads <file>]");
    if (name === "--customer") {
      if (!uuid.test(value)) throw new UserError(`"${value}" is not the id of an employer.`);
      options.customerId = value.toLowerCase();
    } else options.heads = readHeads(value);
  }
  return options;
}

function readHeads(file: string): LoggedHead[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UserError(`${file} cannot be read.`);
  }
  const heads = readLoggedHeads(text);
  if (heads.length === 0) throw new UserError(`${file} has no line "audit head signed".`);
  return heads;
}

async function verifyAll({ customerId, heads }: Options, signer: AuditSigner): Promise<number> {
  const platform = workerPlatformContext("audit");
  const [known, names] = await inScope(
    platform,
    async (tx) => {
      const ids = await listCustomerIds(tx);
      return [ids, await findCustomerNames(tx, ids)] as const;
    },
    { readOnly: true },
  );
  const all = [platformCustomerId, ...known];
  const noted = await listHeadsOfPlatform();
  // A chain whose employer is gone, but whose head was logged, is looked at too.
  const logged = [...noted, ...heads].map((head) => head.customerId).filter((id) => !all.includes(id));
  if (customerId && ![...all, ...logged].includes(customerId))
    throw new UserError(`There is no employer ${customerId}.`);
  let broken = 0;
  for (const id of customerId ? [customerId] : [...all, ...new Set(logged)]) {
    const name = id === platformCustomerId ? "Platform" : (names.get(id) ?? "Unknown employer");
    if (!(await verifyOne(id, name, signer, [...noted, ...heads]))) broken += 1;
  }
  console.log(
    broken === 0
      ? green("\nEvery chain verifies.")
      : red(`\n${broken} ${broken === 1 ? "chain does" : "chains do"} not verify.`),
  );
  if (heads.length === 0 && broken === 0)
    console.log(dim("Cut ends of the platform's own chain show only against logged heads: --heads <file>."));
  return broken === 0 ? 0 : 1;
}

async function verifyOne(
  id: string,
  name: string,
  signer: AuditSigner,
  heads: readonly KnownHead[],
): Promise<boolean> {
  const check = await inScope(
    workerContext(id, "audit"),
    async (tx) => {
      const found = await checkChain(tx, id, { signer });
      return { ...found, problems: [...found.problems, ...(await compareHeads(tx, id, heads))] };
    },
    { readOnly: true },
  );
  const isSound = check.problems.length === 0;
  console.log(`${isSound ? green("✓") : red("✗")} ${name}: ${summary(check)} ${dim(id)}`);
  for (const { kind, seq } of check.problems) console.log(`  ${red(problemText(kind, seq))}`);
  return isSound;
}

function summary({ rows, erased, throughSeq, head, lastSignature }: ChainCheck): string {
  if (throughSeq === 0 && !lastSignature) return "nothing written";
  const parts = [`${rows} ${rows === 1 ? "entry" : "entries"} up to #${throughSeq}`];
  if (head && head.baseSeq > 0) parts.push(`those up to #${head.baseSeq} deleted by retention`);
  if (erased > 0) parts.push(`${erased} with erased details`);
  parts.push(
    lastSignature
      ? `signed up to #${lastSignature.seq} with ${lastSignature.keyId} at ${lastSignature.signedAt.toISOString()}`
      : yellow("not signed yet"),
  );
  return parts.join(", ");
}
