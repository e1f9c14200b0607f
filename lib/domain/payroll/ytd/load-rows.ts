import type { Tx } from "@/db/client";
import { listMemberships, listPaidAround } from "@/db/repositories/pay-groups";
import {
  listPersonDates,
  listYtdPersons,
  type LackingRow,
  type YtdPersonRow,
} from "@/db/repositories/ytd-facts";
import { sumLines, sumStatements } from "@/db/repositories/ytd-sums";
import { sortName } from "@/lib/format/names";
import type { Limits } from "../limits/limit-table";
import { toBox1 } from "./box1-of";
import { classify, needsDates } from "./classify";
import { compensationOf, type PlanCap } from "./compensation";
import { coverPerson, runKey, type UnitCoverage } from "./coverage";
import { unitKey, type YtdWorld } from "./read-scope";
import { toFigures, toPayLine, type YtdPayLine } from "./to-figures";
import type { YtdRow } from "./views";
import type { YtdFilterInput } from "./ytd-query";

/** What rows are made with besides the statements themselves; the same for every batch of a list. */
export interface RowFacts {
  world: YtdWorld;
  query: YtdFilterInput;
  /** Whether the reader may see who people are. */
  namesPeople: boolean;
  coverage: ReadonlyMap<string, UnitCoverage>;
  lacking: ReadonlyMap<string, LackingRow>;
  limits: Limits;
  cap: PlanCap;
}

/** Lines of some people, null for everybody, as they count: the employer's own types over them, by pay date only where that matters. */
export async function readLines(
  tx: Tx,
  {
    world,
    query,
  }: { world: Pick<YtdWorld, "scope" | "classifications">; query: Pick<YtdFilterInput, "definition"> },
  anchors: readonly string[] | null,
): Promise<{ anchor: string; line: YtdPayLine }[]> {
  const { classifications } = world;
  const found = await sumLines(tx, world.scope, anchors);
  const sums = found.map(toPayLine);
  // A commuter's limit is of each month.
  const byMonth =
    query.definition === "box1" &&
    (sums.some(({ type }) => type === "commuter") ||
      classifications.some(({ mappedType }) => mappedType === "commuter"));
  const dated = byMonth || needsDates(sums, classifications);
  const rows = dated ? await sumLines(tx, world.scope, anchors, { byDate: true }) : found;
  const lines = classify(dated ? rows.map(toPayLine) : sums, classifications);
  return rows.flatMap(({ anchor }, at) => {
    const line = lines[at];
    return line ? [{ anchor, line }] : [];
  });
}

/** Rows of a list, in the order of `anchors`. */
export async function loadYtdRows(tx: Tx, facts: RowFacts, anchors: readonly string[]): Promise<YtdRow[]> {
  const { world } = facts;
  const membersOf = (anchor: string) =>
    world.scope.groups.find((group) => group.anchor === anchor)?.members ?? [anchor];
  const ids = anchors.flatMap(membersOf);
  const missing = missingRuns(facts);
  const groupIds = [...new Set(missing.map(({ payGroupId }) => payGroupId))];
  const [sums, lines, persons, dates, memberships, around] = await Promise.all([
    sumStatements(tx, world.scope, anchors),
    readLines(tx, facts, anchors),
    listYtdPersons(tx, world.customerId, ids),
    listPersonDates(tx, world.scope, ids),
    listMemberships(tx, world.customerId, { groupIds, individualIds: ids }),
    listPaidAround(tx, world.customerId, { runs: missing, individualIds: ids }),
  ]);
  const belonging = [
    ...around,
    // Whoever is in a group today is in it for every run of it.
    ...memberships.flatMap((member) =>
      missing.flatMap((run) => (run.payGroupId === member.payGroupId ? [{ ...run, ...member }] : [])),
    ),
  ];
  const runsOf = Map.groupBy(belonging, ({ individualId }) => individualId);
  const byId = new Map(persons.map((person) => [person.id, person]));
  const datesOf = new Map(dates.map((row) => [row.individualId, row]));
  const sumsOf = Map.groupBy(sums, ({ anchor }) => anchor);
  const linesOf = Map.groupBy(lines, ({ anchor }) => anchor);
  return anchors.flatMap((anchor) => {
    const members = membersOf(anchor).flatMap((id) => byId.get(id) ?? []);
    const own = (linesOf.get(anchor) ?? []).map(({ line }) => line);
    return members.length > 0
      ? [toRow(facts, { anchor, members, sums: sumsOf.get(anchor) ?? [], lines: own, datesOf, runsOf })]
      : [];
  });
}

interface Person {
  anchor: string;
  members: YtdPersonRow[];
  sums: Parameters<typeof toFigures>[0]["sums"];
  lines: YtdPayLine[];
  datesOf: ReadonlyMap<string, { firstPayDate: string | null; lastPayDate: string | null }>;
  /** Of each record, the missing runs of pay groups that it is or was in. */
  runsOf: ReadonlyMap<string, readonly GroupRun[]>;
}

interface GroupRun {
  payGroupId: string;
  payDate: string;
}

/** Missing runs of pay groups. */
const missingRuns = ({ coverage }: RowFacts): GroupRun[] =>
  [...coverage.values()].flatMap((unit) =>
    unit.missingRuns.flatMap(({ payGroupId, payDate }) =>
      payGroupId === null ? [] : [{ payGroupId, payDate }],
    ),
  );

function toRow(facts: RowFacts, { anchor, members, sums, lines, datesOf, runsOf }: Person): YtdRow {
  const { world, query, coverage, limits, cap } = facts;
  const first = members.find(({ id }) => id === anchor) ?? members[0];
  const ids = members.map(({ id }) => id);
  const dates = ids.flatMap((id) => datesOf.get(id) ?? []);
  const days = (pick: "firstPayDate" | "lastPayDate") => dates.flatMap((row) => row[pick] ?? []).sort();
  const units = members.map((member) => coverage.get(unitKey(member)));
  const figures = toFigures({
    sums,
    lines,
    openings: world.openings.filter(({ individualId }) => ids.includes(individualId)),
    firstPayDates: new Map(ids.map((id) => [id, datesOf.get(id)?.firstPayDate ?? null])),
    pay: query.pay,
    compensation:
      query.definition === "plan"
        ? (own, currency) => compensationOf(own, currency, { names: query.names, cap })
        : null,
  });
  return {
    individualId: anchor,
    name:
      first && facts.namesPeople
        ? sortName({ first: first.firstName, last: first.lastName, preferred: first.preferredName })
        : null,
    hidden: !facts.namesPeople,
    employmentType: facts.namesPeople ? (first?.employmentType ?? null) : null,
    left: members.every(({ left }) => left),
    records: members.map((member, at) => ({
      id: member.id,
      connectionId: member.connectionId,
      entityId: member.entityId,
      providerName: units[at]?.providerName ?? "",
      entityName: facts.namesPeople ? (units[at]?.legalName ?? null) : null,
      ein: facts.namesPeople ? (units[at]?.ein ?? null) : null,
    })),
    figures,
    box1:
      query.definition === "box1" && query.pay === "employees"
        ? toBox1({ period: world.period, eins: units.map((unit) => unit?.ein ?? null), limits, lines })
        : null,
    coverage: coverPerson({
      found: figures.reduce((n, { statements }) => n + statements, 0),
      lacking: lackingOf(facts, ids),
      firstPayDate: days("firstPayDate")[0] ?? null,
      lastPayDate: days("lastPayDate").at(-1) ?? null,
      records: members.map((member, at) => ({
        ...member,
        unit: units[at],
        groupRuns: new Set(runsOf.get(member.id)?.map(runKey)),
      })),
    }),
  };
}

function lackingOf({ lacking }: RowFacts, ids: readonly string[]) {
  const rows = ids.flatMap((id) => lacking.get(id) ?? []);
  const sum = (pick: "runs" | "pending") => rows.reduce((n, row) => n + row[pick], 0);
  return rows.length > 0 ? { runs: sum("runs"), pending: sum("pending") } : undefined;
}
