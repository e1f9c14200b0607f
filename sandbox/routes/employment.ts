import { z } from "zod";
import { individualBatch } from "@/sandbox/batch";
import { withoutUnsupported } from "@/sandbox/providers";
import type { Routes } from "@/sandbox/results";
import type { Person } from "@/sandbox/seed/types";

/** The employment part of a person. `work_id` is the old name of `source_id`. */
export function toEmployment(person: Person) {
  const { id, first_name, middle_name, last_name, title, manager, department, employment: kind } = person;
  const { start_date, end_date, latest_rehire_date, is_active, employment_status, flsa_status, class_code } =
    person;
  const { location, income, income_history, custom_fields, union_code, union_local } = person;
  return {
    id,
    first_name,
    middle_name,
    last_name,
    title,
    manager,
    department,
    employment: kind,
    start_date,
    end_date,
    latest_rehire_date,
    is_active,
    employment_status,
    flsa_status,
    union_code,
    union_local,
    highly_compensated_employee: person.highly_compensated_employee,
    key_employee: person.key_employee,
    class_code,
    location,
    income,
    income_history,
    custom_fields,
    source_id: person.source_id,
    work_id: person.source_id,
  };
}

/**
 * Employment and income of up to 10,000 people (Finch: Employment). Amounts are cents in the unit
 * given. Errors: 400 for an id that is no uuid, 422 batch_limit_exceeded; unknown people are items with 404.
 */
const read = individualBatch(
  "employment",
  (person, { caller }) => {
    const masked = withoutUnsupported(caller.provider, "employment", toEmployment(person));
    return { ...masked, work_id: masked.source_id };
  },
  // Repeated in the answer, where Finch has no other ids.
  z.guid(),
);

export const employment = { "POST /employer/employment": read } satisfies Routes;
