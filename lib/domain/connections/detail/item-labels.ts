import type { Tx } from "@/db/client";
import {
  listBenefitNames,
  listItemPeople,
  listPayDates,
  listPayGroupNames,
  type ItemPerson,
} from "@/db/repositories/item-names";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { formatDate } from "@/lib/format/dates";
import { displayName } from "@/lib/format/names";

/** What an item is called for this reader. */
export interface ItemLabel {
  label: string;
  /** What of it: the deduction of a person's part in it. */
  detail: string | null;
  /** The person whose page the reader may open. */
  individualId: string | null;
}

export interface Item {
  /** Name of the step, or of what is held. */
  product: string;
  finchId: string;
  individualId: string | null;
}

const plain = (label: string): ItemLabel => ({ label, detail: null, individualId: null });

const unnamed: Record<string, string> = {
  pay_groups: "A pay group",
  payments: "A payment",
  pay_statements: "A payment",
  benefits: "A deduction",
  documents: "A document",
};

/**
 * Names of items by what the reader may see: people by name for everybody who sees connections, payments by their
 * date, deductions and documents only with the right to them.
 */
export async function loadItemLabels(
  tx: Tx,
  ctx: CustomerContext,
  connectionId: string,
  items: readonly Item[],
): Promise<(item: Item) => ItemLabel> {
  const target = { connectionId };
  const may = {
    pay: can(ctx, "payroll:read", target),
    deductions: can(ctx, "deduction:read", target),
    documents: can(ctx, "document:read", target),
    people: can(ctx, "individual:read", target),
  };
  const idsOf = (product: string, allowed: boolean) =>
    allowed ? items.filter((item) => item.product === product).map((item) => firstId(item)) : [];
  const at = { customerId: ctx.scope.customerId, connectionId };
  const people = await listItemPeople(
    tx,
    at.customerId,
    items.flatMap((item) => (maySeePerson(item, may) && item.individualId ? [item.individualId] : [])),
  );
  const payDates = await listPayDates(tx, at, idsOf("pay_statements", may.pay));
  const benefits = await listBenefitNames(tx, at, idsOf("benefits", may.deductions));
  const groups = await listPayGroupNames(tx, at, idsOf("pay_groups", may.people));

  return (item) => {
    const person = maySeePerson(item, may) ? people.get(item.individualId ?? "") : undefined;
    if (person) return personLabel(person, may.people, detailOf(item, benefits));
    const id = firstId(item);
    if (item.product === "pay_statements" && payDates.has(id)) return plain(paymentName(payDates.get(id)));
    const name = benefits.get(id) ?? groups.get(id);
    return plain(name ?? unnamed[item.product] ?? "A person");
  };
}

/** Of a person's part in a deduction the id is `<deduction>/<person>`. */
const firstId = ({ finchId }: Item) => finchId.split("/")[0] ?? finchId;

function maySeePerson({ product }: Item, may: { deductions: boolean; documents: boolean }): boolean {
  if (product === "benefits") return may.deductions;
  return product === "documents" ? may.documents : true;
}

const paymentName = (payDate: string | null | undefined) =>
  payDate ? `Payment of ${formatDate(payDate)}` : "A payment without a date";

function detailOf(item: Item, benefits: ReadonlyMap<string, string | null>): string | null {
  if (item.product === "documents") return "W-4";
  return item.product === "benefits" ? (benefits.get(firstId(item)) ?? null) : null;
}

function personLabel({ id, gone, ...name }: ItemPerson, mayOpen: boolean, detail: string | null): ItemLabel {
  return {
    label: displayName(name) ?? "Unnamed person",
    detail,
    individualId: mayOpen && !gone ? id : null,
  };
}
