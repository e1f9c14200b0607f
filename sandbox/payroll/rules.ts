import type { World } from "@/sandbox/call";
import type { Category, PayStatement, Rule } from "@/sandbox/payroll/records";
import type { Connection, Entity } from "@/sandbox/records";

/** What a rule can ask of a line; fields that a line lacks never match. */
export interface Labelled {
  category: Category;
  name: string | null;
  type: string | null;
  preTax?: boolean | null;
  employer?: boolean | null;
}

/** The rules of an entity, in the order in which they count. */
export const rulesOf = (world: World, connection: Connection, entity: Entity): Rule[] =>
  world.store.rules
    .group(connection.id)
    .filter((rule) => rule.entityId === entity.id)
    .sort((a, b) => a.priority - b.priority);

function valueOf(line: Labelled, field: string): string | null {
  switch (field) {
    case "name":
      return line.name;
    case "category":
      return line.category;
    case "type":
    case "attributes.type":
      return line.type;
    case "pre_tax":
    case "attributes.pre_tax":
      return line.preTax === undefined || line.preTax === null ? null : String(line.preTax);
    case "employer":
    case "attributes.employer":
      return line.employer === undefined || line.employer === null ? null : String(line.employer);
    default:
      return null;
  }
}

const isInForce = (rule: Rule, date: string | null): boolean =>
  date === null ||
  ((rule.effectiveStart === null || rule.effectiveStart <= date) &&
    (rule.effectiveEnd === null || date <= rule.effectiveEnd));

/**
 * What the rules attach to a line of a pay date; null where none matches. A rule needs all of its
 * conditions. Where two rules set the same key, the one with the lower priority number wins.
 */
export function metadataFor(
  rules: readonly Rule[],
  line: Labelled,
  payDate: string | null,
): Record<string, unknown> | null {
  const matching = rules.filter(
    (rule) =>
      isInForce(rule, payDate) && rule.conditions.every(({ field, value }) => valueOf(line, field) === value),
  );
  if (matching.length === 0) return null;
  return Object.assign({}, ...matching.map((rule) => rule.metadata).reverse()) as Record<string, unknown>;
}

/** Attaches what the rules say to the lines of statements of one pay date. */
export class Labels {
  private readonly known = new Map<string, Record<string, unknown> | null>();

  constructor(
    private readonly rules: readonly Rule[],
    private readonly payDate: string | null,
  ) {}

  private label<T extends object>(line: T, labelled: Labelled): T {
    const key = JSON.stringify(labelled);
    let metadata = this.known.get(key);
    if (metadata === undefined) {
      metadata = metadataFor(this.rules, labelled, this.payDate);
      this.known.set(key, metadata);
    }
    return metadata ? { ...line, attributes: { metadata } } : line;
  }

  attach(statement: PayStatement): PayStatement {
    if (this.rules.length === 0) return statement;
    const {
      earnings,
      taxes,
      employee_deductions: deductions,
      employer_contributions: contributions,
    } = statement;
    return {
      ...statement,
      earnings:
        earnings?.map(
          (line) => line && this.label(line, { category: "earnings", name: line.name, type: line.type }),
        ) ?? null,
      taxes:
        taxes?.map((line) =>
          this.label(line, { category: "taxes", name: line.name, type: line.type, employer: line.employer }),
        ) ?? null,
      employee_deductions:
        deductions?.map((line) =>
          this.label(line, {
            category: "employee_deductions",
            name: line.name,
            type: line.type,
            preTax: line.pre_tax,
          }),
        ) ?? null,
      employer_contributions:
        contributions?.map((line) =>
          this.label(line, { category: "employer_contributions", name: line.name, type: line.type }),
        ) ?? null,
    };
  }
}
