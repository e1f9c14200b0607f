import { DomainError } from "@/lib/domain/errors";

/** One plain addr-spec of RFC 5321 without quotes, comments, lists or control characters. */
const plainAddress =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~.\-\u0080-\uffff]{1,64}@[a-z0-9\u0080-\uffff](?:[a-z0-9.\-\u0080-\uffff]*[a-z0-9\u0080-\uffff])?$/u;
const longest = 254;

/** The one form in which addresses are stored and compared: NFKC, lower case. Null where it is no plain address. */
export function findAddress(raw: string): string | null {
  const address = raw.normalize("NFKC").trim().toLowerCase();
  if (address.length > longest || !plainAddress.test(address)) return null;
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return /\.\.|^\.|\.@/.test(address) || domain.includes("--.") ? null : address;
}

/** @throws DomainError INVALID, naming the field */
export function parseAddress(raw: string, field = "email"): string {
  const address = findAddress(raw);
  if (address) return address;
  throw new DomainError("INVALID", "That is not a mail address. Write it like name@company.com.", { field });
}

const shown = (part: string) => (part.length <= 2 ? "" : (part[0] ?? "")) + "•••";

/** "marisol@larkspur.example" → "m•••@l•••.example": enough to recognize one's own, too little to learn one. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  const dot = domain.lastIndexOf(".");
  return dot < 1
    ? `${shown(local)}@${shown(domain)}`
    : `${shown(local)}@${shown(domain.slice(0, dot))}${domain.slice(dot)}`;
}
