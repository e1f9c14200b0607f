import type { Tx } from "@/db/client";
import { updateIndividuals } from "@/db/repositories/mirror-individuals";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { streamIndividuals, type FinchContact, type FinchIndividual } from "@/lib/finch";
import { sealValues, type SecretValue } from "../seal-values";
import type { StepEnd, StepWork } from "../work";
import { pageSizes } from "../page-sizes";
import { mirrorBatches, type PersonData } from "./batches";

/** Mirrors personal data; SSNs only where that product is granted, and sealed. */
export function individualStep(work: StepWork, size = pageSizes.people): Promise<StepEnd> {
  const includeSsn = work.connection.products.includes("ssn");
  return mirrorBatches<FinchIndividual>(work, {
    product: "individual",
    size,
    stream: (individualIds, onItems) =>
      streamIndividuals(work.caller, work.token, { ...work.scope, individualIds, includeSsn }, onItems),
    write: (tx, people, fetchedAt) => write(tx, work, people, fetchedAt, includeSsn),
  });
}

async function write(
  tx: Tx,
  work: StepWork,
  people: readonly PersonData<FinchIndividual>[],
  fetchedAt: Date,
  includeSsn: boolean,
): Promise<void> {
  const rows = people.map(({ person, data }) => ({
    id: person.id,
    preferredName: data.preferredName,
    workEmail: workEmailOf(data.emails),
    dob: data.dob,
    residence: data.residence,
    emails: data.emails,
    phoneNumbers: data.phoneNumbers,
    gender: data.gender,
    ethnicity: data.ethnicity,
    maritalStatus: data.maritalStatus,
  }));
  const accepted = await updateIndividuals(tx, work.scope, rows, fetchedAt);
  const raws = people.map(({ person, data }) => ({ finchId: person.finchId, raw: data.raw }));
  await upsertRawRecords(tx, work.scope, "individual", raws, fetchedAt);
  if (!includeSsn || accepted.size === 0) return;
  const values = people.filter(({ person }) => accepted.has(person.id)).flatMap(secretsOf);
  const vault = await loadVault(tx, work.scope.customerId);
  const scope = { ...work.scope, ownerTable: "individuals" as const };
  await sealValues(tx, vault, scope, [...accepted], ["ssn", "encrypted_ssn"], values);
}

const workEmailOf = (emails: readonly FinchContact[] | null) =>
  emails?.find((email) => email.type === "work")?.data ?? null;

function secretsOf({ person, data }: PersonData<FinchIndividual>): SecretValue[] {
  const ownerId = person.id;
  return [
    ...(data.ssn ? [{ ownerId, kind: "ssn", ordinal: 0, secret: data.ssn }] : []),
    ...(data.encryptedSsn ? [{ ownerId, kind: "encrypted_ssn", ordinal: 0, secret: data.encryptedSsn }] : []),
  ];
}
