import { publishPayroll } from "@/sandbox/payroll/publish";
import type { Publisher } from "@/sandbox/publish";
import { publishCompany, publishPeople } from "@/sandbox/publish-people";

/** The parts of a company's data, in the order in which a sync shows them. */
export const publishers: Publisher[] = [publishCompany, publishPeople, publishPayroll];
