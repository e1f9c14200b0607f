import { z } from "zod";

/** Lines of an address as they are read out on a letter. */
export type AddressView = string[];

const part = z.string().nullish();
const Location = z.object({
  line1: part,
  line2: part,
  city: part,
  state: part,
  postalCode: part,
  country: part,
});

/** An address of the mirror in lines; null where the provider gave none of it. */
export function toAddress(raw: unknown): AddressView | null {
  const location = Location.safeParse(raw);
  if (!location.success) return null;
  const { line1, line2, city, state, postalCode, country } = location.data;
  const place = [city, [state, postalCode].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  const lines = [line1, line2, place, country].filter((line): line is string => Boolean(line?.trim()));
  return lines.length > 0 ? lines : null;
}

const Contacts = z.array(z.object({ data: z.string().nullish(), type: z.string().nullish() }).nullable());

export interface ContactView {
  value: string;
  /** work, personal, or what else the provider says; null where it says nothing. */
  type: string | null;
}

/** E-mail addresses or telephone numbers of the mirror; null where there are none. */
export function toContacts(raw: unknown): ContactView[] | null {
  const contacts = Contacts.safeParse(raw);
  if (!contacts.success) return null;
  const views = contacts.data.flatMap((each) =>
    each?.data ? { value: each.data, type: each.type ?? null } : [],
  );
  return views.length > 0 ? views : null;
}
