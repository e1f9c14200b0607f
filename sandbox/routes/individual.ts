import { individualBatch } from "@/sandbox/batch";
import { withoutUnsupported } from "@/sandbox/providers";
import type { Routes } from "@/sandbox/results";
import { sha256 } from "@/sandbox/secrets";
import type { Person } from "@/sandbox/seed/types";

/** The individual's part of a person. SSNs are there only for those who may and ask. */
export function toIndividual(person: Person, withSsn: boolean) {
  const { id, first_name, middle_name, last_name, preferred_name, emails, phone_numbers, gender } = person;
  const { ethnicity, marital_status, dob, residence, ssn, encrypted_ssn } = person;
  return {
    id,
    first_name,
    middle_name,
    last_name,
    preferred_name,
    emails,
    phone_numbers,
    gender,
    ethnicity,
    marital_status,
    dob,
    residence,
    ...(withSsn ? { ssn, encrypted_ssn } : {}),
  };
}

/** What a provider gives that encrypts SSNs: opaque, and always the same for a number. */
function encryptSsn(person: Person): Person {
  if (person.ssn === null || person.encrypted_ssn !== null) return person;
  const words = [sha256(`ssn ${person.ssn}`), sha256(`nonce ${person.ssn}`).slice(0, 20)];
  return {
    ...person,
    encrypted_ssn: words.map((hex) => Buffer.from(hex, "hex").toString("base64")).join("."),
  };
}

/**
 * Personal details of up to 10,000 people (Finch: Individual; Enable SSN Field). SSNs need the `ssn`
 * product and `options.include`. Errors: 422 batch_limit_exceeded; unknown people are items with 404.
 */
const read = individualBatch("individual", (person, { caller }, include) => {
  const withSsn = include.includes("ssn") && caller.account.products.includes("ssn");
  const encrypted = caller.provider.ssn === "encrypted" ? encryptSsn(person) : person;
  return withoutUnsupported(caller.provider, "individual", toIndividual(encrypted, withSsn));
});

export const individual = { "POST /employer/individual": read } satisfies Routes;
