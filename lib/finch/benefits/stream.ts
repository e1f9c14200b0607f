import { z } from "zod";
import { itemReader } from "../batch";
import type { FinchCaller, FinchToken } from "../caller";
import { entityQuery, type EntityScope } from "../entity";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import { part, toCents } from "../reshape";
import { streamElements } from "../stream/elements";
import type { ChunkHandler, FinchItem, StreamEnd } from "../types";
import type { FinchEnrollment } from "./types";
import * as wire from "./wire";

/**
 * The enrollments of everyone who is enrolled in a benefit, read in parts; each item has an outcome of its own.
 * Finch answers 207 where some failed.
 */
export function streamEnrollments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { benefitId: string },
  onItems: ChunkHandler<FinchItem<FinchEnrollment>>,
): Promise<Outcome<StreamEnd>> {
  return streamElements(
    caller,
    {
      endpoint: "GET /employer/benefits/{benefit_id}/individuals",
      token,
      // Without ids Finch gives everyone.
      send: (options) =>
        tokenClient(token).hris.benefits.individuals.retrieveManyBenefits(
          query.benefitId,
          entityQuery(query),
          options,
        ),
      path: [],
      frame: z.array(z.unknown()),
      readElement: itemReader(wire.enrollment, (body, individualId, { json }) => ({
        individualId,
        employeeDeduction: body.employee_deduction,
        companyContribution: body.company_contribution,
        annualMaximumCents: toCents(body.annual_maximum),
        catchUp: body.catch_up,
        hsaContributionLimit: body.hsa_contribution_limit,
        raw: part(json, "body"),
      })),
      end: (_frame, counts) => counts,
    },
    onItems,
  );
}
