import { lookup as resolve, type LookupAddress, type LookupOptions } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

// Where clouds keep the credentials of their machines: never meant by a name.
const linkLocal = new BlockList();
linkLocal.addSubnet("169.254.0.0", 16, "ipv4");
linkLocal.addSubnet("fe80::", 10, "ipv6");

const inList = (list: BlockList, address: string) =>
  list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "").toLowerCase();

function isAllowed(url: URL, allowed: readonly string[]): boolean {
  const names = allowed.map((name) => name.toLowerCase());
  return names.includes(url.host) || names.includes(url.hostname) || names.includes(bare(url.hostname));
}

/** Why nothing may be sent to a URL, or null. Hosts beside this machine must be allowed by name. */
export function targetProblem(text: string, allowed: readonly string[]): string | null {
  if (!URL.canParse(text)) return "is not a URL";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "must be http or https";
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password";
  if (isAllowed(url, allowed)) return null;
  const host = bare(url.hostname);
  const isHere = isIP(host) ? inList(loopback, host) : host === "localhost" || host.endsWith(".localhost");
  return isHere
    ? null
    : `is not on this machine; start the sandbox with --webhook-host ${host} to allow that host`;
}

/**
 * Resolves a name for one request and refuses addresses that the name may not stand for, so that the address
 * that is checked is the one that is used.
 */
export function checkedLookup(text: string, allowed: readonly string[]): LookupFunction {
  const mayLeave = isAllowed(new URL(text), allowed);
  const isFine = ({ address }: LookupAddress) =>
    mayLeave ? !inList(linkLocal, address) : inList(loopback, address);
  return (hostname, options, callback) => {
    const all: LookupOptions & { all: true } = { ...options, all: true };
    resolve(hostname, all, (error, addresses) => {
      const fine = error ? [] : addresses.filter(isFine);
      const [first] = fine;
      if (error) callback(error, "");
      else if (!first) callback(new Error(`${hostname} resolves to an address that is not allowed`), "");
      else if (options.all) callback(null, fine);
      else callback(null, first.address, first.family);
    });
  };
}
