import type Finch from "@tryfinch/finch-api";
import { checkData } from "@/sandbox/auth";
import { bearer, ok } from "@/sandbox/call";
import { pageSizeLimitExceeded } from "@/sandbox/errors";
import { withSourceId } from "@/sandbox/on-request";
import { publishedPeople } from "@/sandbox/people";
import { withoutUnsupported } from "@/sandbox/providers";
import type { Result, Routes } from "@/sandbox/results";
import type { Person } from "@/sandbox/seed/types";
import { readCount } from "@/sandbox/validate";

const defaultLimit = 100;
const maxLimit = 10_000;

function toWire(person: Person): Finch.HRIS.IndividualInDirectory {
  const { id, first_name, middle_name, last_name, manager, department, is_active } = person;
  return { id, first_name, middle_name, last_name, manager, department, is_active };
}

/**
 * A page of the company's people, active and not (Finch: Directory).
 * Errors: 400 where limit or offset is no number, 422 page_size_limit_exceeded above 10,000.
 */
const list = bearer<Result<"GET /employer/directory">>(({ world, caller, query }) => {
  const limit = readCount(query, "limit", defaultLimit);
  const offset = readCount(query, "offset", 0);
  if (limit > maxLimit) throw pageSizeLimitExceeded(maxLimit);
  const pending = checkData(caller, "directory");
  if (pending) return { status: 202, body: pending };
  const people = publishedPeople(world, caller);
  const read = (person: Person) => {
    const department = withSourceId(world, caller, "directory.department", person.department);
    return withoutUnsupported(caller.provider, "directory", toWire({ ...person, department }));
  };
  return ok({ paging: { count: people.count, offset }, individuals: people.page(offset, limit).map(read) });
});

export const directory = { "GET /employer/directory": list } satisfies Routes;
