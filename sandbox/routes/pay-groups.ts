import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok } from "@/sandbox/call";
import { notFound } from "@/sandbox/errors";
import { payrollOf } from "@/sandbox/payroll";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput, readList } from "@/sandbox/validate";

const Filters = z.object({ individual_id: z.guid().optional() });

/** The pay groups of the company, or of one person, or with one of some frequencies (Finch: Get All Pay Groups). */
const list = bearer<Result<"GET /employer/pay-groups">>(({ world, caller, query }) => {
  const { individual_id: person } = parseInput(Filters, Object.fromEntries(query));
  const frequencies = readList(query, "pay_frequencies");
  const pending = checkData(caller, "payment");
  if (pending) return { status: 202, body: pending };
  const groups = payrollOf(world, caller.connection, caller.entity, "published")
    .payGroups()
    .filter((group) => person === undefined || group.individual_ids.includes(person))
    .filter(
      (group) => frequencies.length === 0 || group.pay_frequencies.some((one) => frequencies.includes(one)),
    );
  return ok(
    groups.map(({ id, name, pay_frequencies }): Finch.Payroll.PayGroupListResponse => {
      return { id, name, pay_frequencies };
    }),
  );
});

/** One pay group with the people in it (Finch: Get Pay Group). 404 where it is unknown. */
const read = bearer<Result<"GET /employer/pay-groups/{pay_group_id}">>(({ world, caller, params }) => {
  const id = params["pay_group_id"] ?? "";
  const pending = checkData(caller, "payment");
  if (pending) return { status: 202, body: pending };
  const groups = payrollOf(world, caller.connection, caller.entity, "published").payGroups();
  const group: Finch.Payroll.PayGroupRetrieveResponse | undefined = groups.find((row) => row.id === id);
  if (!group) throw notFound(`No pay group with id ${id} found`);
  return ok(group);
});

export const payGroupRoutes = {
  "GET /employer/pay-groups": list,
  "GET /employer/pay-groups/{pay_group_id}": read,
} satisfies Routes;
