import type { z } from "zod";
import type { Parsed } from "../http/call";
import { dateOnly, part, present, toCents } from "../reshape";
import type { Element } from "../stream/elements";
import type { ScrubbedJson } from "../types";
import type {
  FinchCompany,
  FinchContact,
  FinchDirectoryEntry,
  FinchEmployment,
  FinchIncome,
  FinchIndividual,
  FinchLocation,
} from "./types";
import type * as wire from "./wire";

/** From Finch's words to ours. Pure. */

function reshapeLocation(location: wire.WireLocation): FinchLocation | null {
  return (
    location && {
      line1: location.line1,
      line2: location.line2,
      city: location.city,
      state: location.state,
      postalCode: location.postal_code,
      country: location.country,
      name: location.name,
    }
  );
}

export function reshapeCompany(parsed: Parsed<z.infer<typeof wire.company>>): FinchCompany {
  const { wire: company, json, secrets } = parsed;
  return {
    id: company.id,
    legalName: company.legal_name,
    entityType: company.entity?.type ?? null,
    entitySubtype: company.entity?.subtype ?? null,
    ein: company.ein,
    primaryEmail: company.primary_email,
    primaryPhoneNumber: company.primary_phone_number,
    departments: present(company.departments),
    locations:
      present(company.locations)
        ?.map(reshapeLocation)
        .filter((item) => item !== null) ?? null,
    // Indexes count as they came: the secrets' paths use them.
    accounts:
      company.accounts?.map((account, index) => ({
        accountName: account?.account_name ?? null,
        institutionName: account?.institution_name ?? null,
        accountType: account?.account_type ?? null,
        accountNumber: secrets.get(`accounts.${index}.account_number`) ?? null,
        routingNumber: secrets.get(`accounts.${index}.routing_number`) ?? null,
      })) ?? null,
    raw: json,
  };
}

export function reshapeDirectoryEntry(
  person: wire.WireDirectoryEntry,
  raw: ScrubbedJson,
): FinchDirectoryEntry {
  return {
    id: person.id,
    firstName: person.first_name,
    middleName: person.middle_name,
    lastName: person.last_name,
    managerId: person.manager?.id ?? null,
    department: person.department?.name ?? null,
    isActive: person.is_active,
    raw,
  };
}

function reshapeContacts(contacts: ({ data: string | null; type: string | null } | null)[] | null) {
  return present(contacts)?.filter((contact): contact is FinchContact => contact.data !== null) ?? null;
}

export function reshapeIndividual(
  person: wire.WireIndividual,
  id: string,
  { json, secrets }: Element,
): FinchIndividual {
  return {
    id,
    firstName: person.first_name,
    middleName: person.middle_name,
    lastName: person.last_name,
    preferredName: person.preferred_name,
    emails: reshapeContacts(person.emails),
    phoneNumbers: reshapeContacts(person.phone_numbers),
    gender: person.gender,
    ethnicity: person.ethnicity,
    maritalStatus: person.marital_status,
    dob: dateOnly(person.dob),
    residence: reshapeLocation(person.residence),
    ssn: secrets.get("body.ssn") ?? null,
    encryptedSsn: secrets.get("body.encrypted_ssn") ?? null,
    raw: part(json, "body"),
  };
}

function reshapeIncome(income: wire.WireIncome): FinchIncome | null {
  return (
    income && {
      unit: income.unit,
      amountCents: toCents(income.amount),
      currency: income.currency,
      effectiveDate: dateOnly(income.effective_date),
    }
  );
}

export function reshapeEmployment(job: wire.WireEmployment, id: string, { json }: Element): FinchEmployment {
  return {
    id,
    title: job.title,
    managerId: job.manager?.id ?? null,
    department: job.department?.name ?? null,
    employmentType: job.employment?.type ?? null,
    employmentSubtype: job.employment?.subtype ?? null,
    employmentStatus: job.employment_status,
    startDate: dateOnly(job.start_date),
    endDate: dateOnly(job.end_date),
    latestRehireDate: dateOnly(job.latest_rehire_date),
    isActive: job.is_active,
    flsaStatus: job.flsa_status,
    classCode: job.class_code,
    unionCode: job.union_code,
    unionLocal: job.union_local,
    highlyCompensatedEmployee: job.highly_compensated_employee,
    keyEmployee: job.key_employee,
    location: reshapeLocation(job.location),
    customFields:
      present(job.custom_fields)?.map(({ name, value }) => ({ name, value: value ?? null })) ?? null,
    sourceId: job.source_id ?? job.work_id,
    income: reshapeIncome(job.income),
    incomeHistory:
      present(job.income_history)
        ?.map(reshapeIncome)
        .filter((item) => item !== null) ?? null,
    raw: part(json, "body"),
  };
}
