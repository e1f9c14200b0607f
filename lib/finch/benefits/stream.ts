import { z } from "zod";
import { callFinch } from "../http/call";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../http/client";
import { entityQuery, type EntityScope } from "../entity";
import type { Outcome } from "../outcome";
import { part, toCents } from "../reshape";
import type { ChunkHandler, FinchItem, StreamEnd } from "../types";
import type { FinchEnrollment } from "./types";
import * as wire from "./wire";

/** The enrollments of everyone who is enrolled in a benefit, read in parts; each item has an outcome of its own. */
export async function streamEnrollments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { benefitId: string },
  onItems: ChunkHandler<FinchItem<FinchEnrollment>>,
): Promise<Outcome<StreamEnd>> {
  const outcome = await callFinch(caller, {
    endpoint: "GET /employer/benefits/{benefit_id}/individuals",
    token,
    schema: z.array(z.object({ individual_id: z.string(), body: wire.enrollment })),
    send: (options) =>
      tokenClient(token).hris.benefits.individuals.retrieveManyBenefits(
        query.benefitId,
        entityQuery(query),
        options,
      ),
    reshape: ({ wire: list, json }) =>
      list.map(({ individual_id: individualId, body }, index) => ({
        individualId,
        kind: "ok" as const,
        data: {
          individualId,
          employeeDeduction: body.employee_deduction,
          companyContribution: body.company_contribution,
          annualMaximumCents: toCents(body.annual_maximum),
          catchUp: body.catch_up,
          hsaContributionLimit: body.hsa_contribution_limit,
          raw: part(json, index, "body"),
        },
      })),
  });
  if (outcome.kind !== "ok") return outcome;
  await onItems(outcome.data, outcome);
  return { ...outcome, data: { items: outcome.data.length, unreadable: 0 } };
}
